"""One deal, one text file, every Word document of the sale."""

__version__ = "0.1.0"
