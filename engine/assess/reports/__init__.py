"""Report of an assessment: tables, JSON, page with chart and method paragraph, ISO 19157 metadata."""
