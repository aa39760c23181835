"""All that knows Word: packages, templates, rendering, anchors and checks of finished files."""
