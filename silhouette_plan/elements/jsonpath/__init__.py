"""JSONPath as Jayway JsonPath 2.7 reads it, on values as json-smart parses them."""
