"""One deal, one text file, every Word document of the sale."""
