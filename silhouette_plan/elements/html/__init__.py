"""HTML for elements: the tree that Jsoup makes of a page, and its CSS selectors."""
