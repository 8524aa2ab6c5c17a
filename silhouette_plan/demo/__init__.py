"""The demo target: the Silhouette Workflow API on a real PostgreSQL."""
