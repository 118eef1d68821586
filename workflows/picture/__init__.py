"""What a BPMN file draws (BPMN DI): read, laid out, written, and kept in step while the file is changed."""
