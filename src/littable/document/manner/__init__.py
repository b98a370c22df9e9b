"""How the rows of a table are written, so that another cell or row can be written as they are.

Nothing here knows what is to be written: names, days and links are given, and the form of them is read from
the cells that are there.
"""
