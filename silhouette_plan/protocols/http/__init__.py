"""HTTP Request as JMeter 5.5's HttpClient4 sampler sends and records it (``org.apache.jmeter.protocol.http``).

From the socket up: ``connection`` (one request, one response), ``session`` (a user's connections), ``request`` (what is
sent), ``sampler`` (one sample). Cookies, cache, credentials, redirects and embedded resources stand beside them.
"""
