"""JEXL 3, as ``__jexl3`` runs it: silent and strict, so an error makes the result null, which JMeter shows as ""."""
