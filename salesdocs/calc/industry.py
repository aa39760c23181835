"""Industries of GB/T 4754-2017: 20 sections (门类) and 97 divisions (大类).

Groups and classes (third and fourth digit) are accepted by their shape and go by the name of their
division. Amendment No. 1 of 2019 changes only what lies below divisions.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple

from salesdocs.findings import Phrase

_SECTIONS: Final = """\
A 农、林、牧、渔业 | Agriculture, forestry, animal husbandry and fishery
B 采矿业 | Mining
C 制造业 | Manufacturing
D 电力、热力、燃气及水生产和供应业 | Production and supply of electricity, heat, gas and water
E 建筑业 | Construction
F 批发和零售业 | Wholesale and retail trade
G 交通运输、仓储和邮政业 | Transport, storage and post
H 住宿和餐饮业 | Accommodation and catering
I 信息传输、软件和信息技术服务业 | Information transmission, software and IT services
J 金融业 | Finance
K 房地产业 | Real estate
L 租赁和商务服务业 | Leasing and business services
M 科学研究和技术服务业 | Scientific research and technical services
N 水利、环境和公共设施管理业 | Water, environment and public facilities management
O 居民服务、修理和其他服务业 | Household services, repair and other services
P 教育 | Education
Q 卫生和社会工作 | Health and social work
R 文化、体育和娱乐业 | Culture, sports and entertainment
S 公共管理、社会保障和社会组织 | Public administration, social security and social organisations
T 国际组织 | International organisations
"""

_DIVISIONS: Final = """\
A01 农业 | Agriculture
A02 林业 | Forestry
A03 畜牧业 | Animal husbandry
A04 渔业 | Fishery
A05 农、林、牧、渔专业及辅助性活动 | Support activities for agriculture, forestry and fishery
B06 煤炭开采和洗选业 | Mining and washing of coal
B07 石油和天然气开采业 | Extraction of petroleum and natural gas
B08 黑色金属矿采选业 | Mining and dressing of ferrous metal ores
B09 有色金属矿采选业 | Mining and dressing of non-ferrous metal ores
B10 非金属矿采选业 | Mining and dressing of non-metal ores
B11 开采专业及辅助性活动 | Support activities for mining
B12 其他采矿业 | Other mining
C13 农副食品加工业 | Processing of food from agricultural products
C14 食品制造业 | Food manufacturing
C15 酒、饮料和精制茶制造业 | Liquor, beverages and refined tea
C16 烟草制品业 | Tobacco products
C17 纺织业 | Textiles
C18 纺织服装、服饰业 | Textile garments and apparel
C19 皮革、毛皮、羽毛及其制品和制鞋业 | Leather, fur, feather and their products, footwear
C20 木材加工和木、竹、藤、棕、草制品业 | Wood processing, wood, bamboo, rattan and straw products
C21 家具制造业 | Furniture
C22 造纸和纸制品业 | Paper and paper products
C23 印刷和记录媒介复制业 | Printing and reproduction of recorded media
C24 文教、工美、体育和娱乐用品制造业 | Articles for culture, education, crafts, sports and play
C25 石油、煤炭及其他燃料加工业 | Processing of petroleum, coal and other fuels
C26 化学原料和化学制品制造业 | Chemical raw materials and chemical products
C27 医药制造业 | Pharmaceuticals
C28 化学纤维制造业 | Chemical fibres
C29 橡胶和塑料制品业 | Rubber and plastics products
C30 非金属矿物制品业 | Non-metallic mineral products
C31 黑色金属冶炼和压延加工业 | Smelting and rolling of ferrous metals
C32 有色金属冶炼和压延加工业 | Smelting and rolling of non-ferrous metals
C33 金属制品业 | Metal products
C34 通用设备制造业 | General-purpose equipment
C35 专用设备制造业 | Special-purpose equipment
C36 汽车制造业 | Automobiles
C37 铁路、船舶、航空航天和其他运输设备制造业 | Railway, ship, aerospace, other transport equipment
C38 电气机械和器材制造业 | Electrical machinery and apparatus
C39 计算机、通信和其他电子设备制造业 | Computers, communication and other electronic equipment
C40 仪器仪表制造业 | Measuring instruments
C41 其他制造业 | Other manufacturing
C42 废弃资源综合利用业 | Comprehensive use of waste resources
C43 金属制品、机械和设备修理业 | Repair of metal products, machinery and equipment
D44 电力、热力生产和供应业 | Production and supply of electricity and heat
D45 燃气生产和供应业 | Production and supply of gas
D46 水的生产和供应业 | Production and supply of water
E47 房屋建筑业 | Construction of buildings
E48 土木工程建筑业 | Civil engineering
E49 建筑安装业 | Construction installation
E50 建筑装饰、装修和其他建筑业 | Building decoration, finishing and other construction
F51 批发业 | Wholesale trade
F52 零售业 | Retail trade
G53 铁路运输业 | Railway transport
G54 道路运输业 | Road transport
G55 水上运输业 | Water transport
G56 航空运输业 | Air transport
G57 管道运输业 | Pipeline transport
G58 多式联运和运输代理业 | Multimodal transport and transport agency
G59 装卸搬运和仓储业 | Loading, unloading, handling and storage
G60 邮政业 | Post
H61 住宿业 | Accommodation
H62 餐饮业 | Catering
I63 电信、广播电视和卫星传输服务 | Telecommunications, broadcasting and satellite transmission
I64 互联网和相关服务 | Internet and related services
I65 软件和信息技术服务业 | Software and information technology services
J66 货币金融服务 | Monetary and financial services
J67 资本市场服务 | Capital market services
J68 保险业 | Insurance
J69 其他金融业 | Other finance
K70 房地产业 | Real estate
L71 租赁业 | Leasing
L72 商务服务业 | Business services
M73 研究和试验发展 | Research and experimental development
M74 专业技术服务业 | Professional technical services
M75 科技推广和应用服务业 | Promotion and application of science and technology
N76 水利管理业 | Water management
N77 生态保护和环境治理业 | Ecological protection and environmental governance
N78 公共设施管理业 | Public facilities management
N79 土地管理业 | Land management
O80 居民服务业 | Household services
O81 机动车、电子产品和日用产品修理业 | Repair of motor vehicles, electronics and household goods
O82 其他服务业 | Other services
P83 教育 | Education
Q84 卫生 | Health
Q85 社会工作 | Social work
R86 新闻和出版业 | News and publishing
R87 广播、电视、电影和录音制作业 | Radio, television, film and sound recording
R88 文化艺术业 | Culture and arts
R89 体育 | Sports
R90 娱乐业 | Entertainment
S91 中国共产党机关 | Organs of the Communist Party of China
S92 国家机构 | State organs
S93 人民政协、民主党派 | People's political consultative conference and democratic parties
S94 社会保障 | Social security
S95 群众团体、社会团体和其他成员组织 | Mass, social and other membership organisations
S96 基层群众自治组织及其他组织 | Grass-roots self-governing and other organisations
T97 国际组织 | International organisations
"""

# What people say → the divisions it is found in, the likeliest first.
_EVERYDAY: Final = """\
农场 种植 种业: A01 A05 | 林场: A02 | 养殖 牧场 养猪 养鸡: A03 | 水产 渔场: A04 | 煤矿 煤炭: B06
油田 石油 天然气: B07 C25 D45 | 铁矿: B08 | 矿山 采矿: B10 B09 B08 B
粮油 饲料 屠宰 肉类 制糖: C13 | 食品 零食 乳业 饼干 调味品: C14 | 白酒 啤酒 饮料 茶叶: C15
卷烟: C16 | 纺织 印染 面料: C17 | 服装 服饰 成衣: C18 | 鞋 箱包 皮具: C19 | 木材 木业: C20
家具 家居: C21 | 造纸 纸箱 包装: C22 | 印刷: C23 | 文具 玩具 乐器: C24 | 炼油 炼化 焦化: C25
化工 涂料 化肥 农药 日化 化妆品: C26 | 制药 医药 药业 药厂 生物药: C27 | 化纤: C28
橡胶 轮胎 塑料 注塑: C29 | 水泥 玻璃 陶瓷 建材: C30 | 钢铁 钢厂 炼钢: C31 | 铝业 铜业 有色: C32
五金 钣金 铸件 紧固件: C33 | 机械 机床 轴承 泵业 泵阀 阀门 齿轮 电梯 机器人 装备: C34 C35
模具 医疗器械 专用设备 半导体设备 工程机械: C35 | 汽车 汽配 整车 新能源车: C36
船舶 造船 飞机 摩托车: C37 | 电气 电机 变压器 电缆 电池 锂电 光伏 家电 电器: C38
电子 半导体 芯片 集成电路 手机 通信设备 电路板: C39 | 仪器 仪表 传感器: C40 | 回收 再生资源: C42
设备维修: C43 | 电力 电厂 发电 电网 供电 供热: D44 | 燃气: D45 | 水务 自来水 供水: D46
房建 建筑 施工 总承包: E47 E48 | 市政 路桥 土木: E48 | 安装工程 机电安装: E49
装修 装饰 幕墙: E50 | 批发 贸易 经销 代理商 医药流通: F51
零售 超市 商场 便利店 连锁店 药店 4S店 电商零售: F52 | 铁路 高铁: G53
公路 货运 客运 公交 出租车 地铁: G54 | 港口 航运 海运 码头: G55 | 航空 机场: G56
物流 供应链 货代: G58 G59 G54 | 仓储 冷链: G59 | 快递 邮政: G60 | 酒店 宾馆 民宿: H61
餐饮 餐厅 饭店 火锅 咖啡: H62 | 电信 运营商 广电 卫星: I63 | 互联网 电商 平台 网站: I64
软件 信息技术 IT 系统集成 数据中心 云计算 人工智能 游戏: I65 | 银行 信用社 小贷: J66
证券 基金 期货: J67 | 保险: J68 | 支付 担保 融资租赁 金融: J69 J66 | 房地产 地产 物业 园区: K70
租赁: L71 | 广告 咨询 律师 会计 人力资源 旅行社 会展 保安: L72 | 研究院 研究所 研发: M73
检测 设计院 测绘 勘察 监理: M74 | 技术推广 孵化器: M75 | 水利: N76 | 环保 污水 治理: N77
环卫 景区 园林: N78 | 家政 美容 洗浴: O80 | 汽修 修理: O81
学校 大学 学院 中学 小学 幼儿园 培训: P83 | 医院 诊所 卫生院 体检 疾控: Q84 | 养老 福利院: Q85
出版 报社 杂志: R86 | 影视 电影 电视台: R87 | 博物馆 图书馆 剧院: R88 | 体育 健身: R89
娱乐 主题公园: R90 | 党委: S91 | 政府 机关 法院 公安 税务 海关 街道办: S92 | 社保: S94
协会 工会 商会: S95 | 居委会 村委会 社区: S96
"""


class Industry(NamedTuple):
    """A section (code C) or division (code C34) and its names."""

    code: str
    name: Phrase

    @property
    def section(self) -> str:
        """The letter of the section it belongs to."""
        return self.code[0]


@cache
def industries() -> dict[str, Industry]:
    """Return all sections and divisions by code, in the order of the standard."""
    rows = (line.partition(" ") for line in (_SECTIONS + _DIVISIONS).splitlines())
    return {code: Industry(code, Phrase(*names.split(" | "))) for code, _, names in rows}


def industry(code: str) -> Industry | None:
    """Return the industry that `code` names, groups and classes by their division; None if none.

    A code is a letter alone or with two, three or four digits: C, C34, C341, C3411.
    """
    if not re.fullmatch(r"[A-T](\d{2,4})?", code, flags=re.ASCII):
        return None
    return industries().get(code[:3])


def divisions_of(section: str) -> tuple[Industry, ...]:
    """Return the divisions of a section, none for an unknown letter."""
    return tuple(
        entry
        for entry in industries().values()
        if len(entry.code) == 3 and entry.section == section
    )


def industries_meant(words: str, most: int = 6) -> tuple[Industry, ...]:
    """Return what people may mean by `words`, the likeliest first: by code, name or everyday word.

    A code or the exact name of the standard gives that one alone; nothing similar gives none.
    """
    text = "".join(words.split())
    found = industry(text.upper())
    named = [each for each in industries().values() if text.lower() == each.name.zh.lower()]
    if found or named:
        # Division and section can share a name (P83 教育); the division says more.
        return (found or named[-1],)
    low = text.lower()
    words_in = [word for word in _everyday() if word in low]
    words_around = [word for word in _everyday() if len(low) > 1 and low in word]
    # The word itself says more than one that is part of it, and that more than one it is part of.
    said = sorted(words_in, key=lambda word: word != low) + words_around
    codes = [code for word in said for code in _everyday()[word]]
    codes += [code for code, each in industries().items() if len(text) > 1 and text in each.name.zh]
    if not codes:
        codes = _similar(text)
    return tuple(industries()[code] for code in dict.fromkeys(codes))[:most]


def _similar(text: str) -> list[str]:
    """Return the codes of the names that share most pairs of signs with a text, the best first."""
    pairs = {text[at : at + 2] for at in range(len(text) - 1)} - {"制造", "造业", "服务", "务业"}
    shared = {
        code: sum(pair in each.name.zh for pair in pairs) for code, each in industries().items()
    }
    return sorted((code for code, count in shared.items() if count), key=lambda c: -shared[c])


@cache
def _everyday() -> dict[str, tuple[str, ...]]:
    """Return the codes by everyday word, longer words first: 医疗器械 says more than 机械."""
    rows = (row.split(":") for line in _EVERYDAY.splitlines() for row in line.split("|"))
    codes = {word: tuple(found.split()) for words, found in rows for word in words.lower().split()}
    return dict(sorted(codes.items(), key=lambda pair: -len(pair[0])))


def industry_flaw(code: str) -> Phrase | None:
    """Return what makes `code` no industry code, None if it is one; tells a wrong letter apart."""
    if industry(code):
        return None
    digits = re.fullmatch(r"[A-Za-z]?(\d{2})\d{0,2}", code, flags=re.ASCII)
    meant = digits and next((c for c in industries() if c[1:] == digits[1]), "")
    if meant:
        right = industries()[meant]
        return Phrase(
            f"行业代码“{code}”有误，{meant} 为{right.name.zh}",
            f"no industry has the code {code!r}; {meant} is {right.name.en}",
        )
    return Phrase(
        f"行业代码“{code}”不在 GB/T 4754-2017 中", f"GB/T 4754-2017 has no industry {code!r}"
    )
