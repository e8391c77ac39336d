// {{ marker }}

/** Importing this makes `remediation`, `description`, `condition` and `repeat` tell the texts of the catalog. */
export {};
