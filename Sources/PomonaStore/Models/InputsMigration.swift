import GRDB

/// What a model learns from and is measured on, from the moment it is asked for: frozen revisions must outlive their dataset
/// while a training waits or runs. Evaluations have a column for theirs already; it is filled when they are made.
enum InputsMigration {
    static func run(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE modelRevision (
                    model INTEGER NOT NULL REFERENCES model ON DELETE CASCADE,
                    revision INTEGER NOT NULL REFERENCES datasetRevision,
                    PRIMARY KEY (model, revision)
                ) STRICT, WITHOUT ROWID;
                CREATE INDEX modelRevisionByRevision ON modelRevision (revision);
                """)
        try database.execute(sql: known)
    }

    /// What rows and the jobs that wait say already. A revision that is gone is none.
    private static let known = """
        INSERT INTO modelRevision (model, revision) SELECT id, revision FROM model WHERE revision IS NOT NULL;
        INSERT OR IGNORE INTO modelRevision (model, revision)
            SELECT model.id, datasetRevision.id FROM model JOIN job ON job.id = model.job
            JOIN json_each(job.payload, '$.body.trainingRevisions') AS input
            JOIN datasetRevision ON datasetRevision.id = input.value
            WHERE job.kind = 'training';
        INSERT OR IGNORE INTO modelRevision (model, revision)
            SELECT model.id, datasetRevision.id FROM model JOIN job ON job.id = model.job
            JOIN datasetRevision ON datasetRevision.id = json_extract(job.payload, '$.body.evaluationRevision')
            WHERE job.kind = 'training';
        UPDATE evaluation SET revision = (
                SELECT datasetRevision.id FROM job
                JOIN datasetRevision ON datasetRevision.id = json_extract(job.payload, '$.body.revision')
                WHERE job.id = evaluation.job AND job.kind = 'evaluation')
            WHERE revision IS NULL;
        """
}
