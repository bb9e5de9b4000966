"""Who a report is of."""
