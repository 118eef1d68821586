"""The only place that knows SpiffWorkflow: diagrams in, a running case out, no tables and no clock of its own."""
