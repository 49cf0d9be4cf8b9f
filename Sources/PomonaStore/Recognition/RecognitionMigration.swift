import GRDB

/// What product recognition found, kept until it is deleted.
enum RecognitionMigration {
    static func run(_ database: Database) throws {
        // The model is kept by its name: the built-in one has no row, and a run outlives a model.
        try database.execute(
            sql: """
                CREATE TABLE recognitionRun (
                    id INTEGER PRIMARY KEY AUTOINCREMENT,
                    resourceGroup INTEGER NOT NULL REFERENCES resourceGroup ON DELETE CASCADE,
                    modelName TEXT NOT NULL,
                    name TEXT NOT NULL,
                    result TEXT NOT NULL,
                    createdAt INTEGER NOT NULL,
                    UNIQUE (resourceGroup, modelName, name)
                ) STRICT;
                """)
    }
}
