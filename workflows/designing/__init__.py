"""The designer's work before a version is published: drafts, their review by a second person, files in and out."""
