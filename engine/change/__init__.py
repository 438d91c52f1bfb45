"""Change between two maps: what became what, how much of it may be misregistration, and strata to assess it with."""
