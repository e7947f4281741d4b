"""Lists for spreadsheets, as the imports would read them again."""

from imports.listing import BYTE_ORDER_MARK, csv_line

__all__ = ["BYTE_ORDER_MARK", "csv_line"]
