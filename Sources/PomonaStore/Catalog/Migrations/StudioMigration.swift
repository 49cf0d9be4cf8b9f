import GRDB

/// What the studio's page needs beside the first form: numbers for blobs with what is known of their photos, the files and
/// tags of datasets one by one, and what an interrupted upload must not do twice.
enum StudioMigration {
    static func run(_ database: Database) throws {
        for part in [items, triggers, filling, datasets, uploads] { try database.execute(sql: part) }
    }

    /// A blob has a row here as long as it has the same bytes: one that is replaced gets a new number, so what a browser
    /// keeps under a number never goes stale. The containers' counts follow by triggers, because counting a million rows
    /// for each page that shows a container takes too long.
    private static let items = """
        CREATE TABLE blobItem (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            container INTEGER NOT NULL REFERENCES container ON DELETE CASCADE,
            name TEXT NOT NULL,
            content INTEGER NOT NULL,
            length INTEGER NOT NULL,
            sha256 BLOB NOT NULL,
            contentType TEXT,
            createdAt INTEGER NOT NULL,
            isPhoto INTEGER NOT NULL,
            examination INTEGER NOT NULL DEFAULT 0,
            width INTEGER,
            height INTEGER,
            appearance INTEGER,
            problemCode TEXT,
            problemMessage TEXT
        ) STRICT;
        CREATE UNIQUE INDEX blobItemByName ON blobItem (container, name);
        CREATE INDEX blobItemByTime ON blobItem (container, createdAt, id);
        CREATE INDEX blobItemByLength ON blobItem (container, length, id);
        CREATE INDEX blobItemBySHA256 ON blobItem (sha256) WHERE isPhoto = 1;
        CREATE INDEX blobItemToExamine ON blobItem (id) WHERE isPhoto = 1 AND examination < 2;
        CREATE INDEX blobItemWithProblem ON blobItem (container, name) WHERE problemCode IS NOT NULL;
        ALTER TABLE container ADD COLUMN blobCount INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE container ADD COLUMN photoCount INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE container ADD COLUMN byteCount INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE resourceGroup ADD COLUMN isSample INTEGER NOT NULL DEFAULT 0;
        """

    /// Whether a name or a type is a photo's. Formats that are not read here count: who uploads one is to be told.
    private static func isPhoto(_ row: String) -> String {
        let endings = [
            "jpg", "jpeg", "jpe", "jfif", "png", "gif", "webp", "tif", "tiff", "bmp", "dib", "heic", "heif", "avif",
        ]
        let types = ["jpeg", "png", "gif", "webp", "tiff", "bmp", "heic", "heif", "avif"]
        let tests =
            endings.map { "\(row)name LIKE '%.\($0)'" }
            + types.map { "ifnull(\(row)contentType, '') LIKE 'image/\($0)%'" }
        return "(\(tests.joined(separator: " OR ")))"
    }

    /// Rows of `blob` are written by INSERT OR REPLACE, which fires no trigger for the row that goes, and whose way with
    /// conflicts would hold for the statements of a trigger too: so none of these may meet one.
    private static let triggers = """
        CREATE TRIGGER blobItemAfterInsert AFTER INSERT ON blob BEGIN
            DELETE FROM blobItem WHERE container = NEW.container AND name = NEW.name
                AND (content <> NEW.content OR createdAt <> NEW.createdAt);
            UPDATE blobItem SET contentType = NEW.contentType WHERE container = NEW.container AND name = NEW.name;
            INSERT INTO blobItem (container, name, content, length, sha256, contentType, createdAt, isPhoto)
                SELECT NEW.container, NEW.name, NEW.content, NEW.length, NEW.sha256, NEW.contentType, NEW.createdAt,
                    \(isPhoto("NEW."))
                WHERE NOT EXISTS (SELECT 1 FROM blobItem WHERE container = NEW.container AND name = NEW.name);
        END;
        CREATE TRIGGER blobItemAfterDelete AFTER DELETE ON blob BEGIN
            DELETE FROM blobItem WHERE container = OLD.container AND name = OLD.name;
        END;
        CREATE TRIGGER blobItemCountIn AFTER INSERT ON blobItem BEGIN
            UPDATE container SET blobCount = blobCount + 1, photoCount = photoCount + NEW.isPhoto,
                byteCount = byteCount + NEW.length WHERE id = NEW.container;
        END;
        CREATE TRIGGER blobItemCountOut AFTER DELETE ON blobItem BEGIN
            UPDATE container SET blobCount = blobCount - 1, photoCount = photoCount - OLD.isPhoto,
                byteCount = byteCount - OLD.length WHERE id = OLD.container;
        END;
        """

    private static let filling = """
        INSERT INTO blobItem (container, name, content, length, sha256, contentType, createdAt, isPhoto)
        SELECT container, name, content, length, sha256, contentType, createdAt, \(isPhoto("")) FROM blob;
        """

    /// `tags` is a JSON array: their order, and those that no photo has yet. `labelsVersion` counts changes. `photoTag`
    /// says what a person tagged in the grid; NULL takes a file's tag away.
    private static let datasets = """
        ALTER TABLE dataset ADD COLUMN tags TEXT NOT NULL DEFAULT '[]';
        ALTER TABLE dataset ADD COLUMN labelsVersion INTEGER NOT NULL DEFAULT 1;
        CREATE TABLE datasetFile (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            dataset INTEGER NOT NULL REFERENCES dataset ON DELETE CASCADE,
            reference TEXT NOT NULL,
            source TEXT NOT NULL,
            imageCount INTEGER NOT NULL DEFAULT 0,
            annotationCount INTEGER NOT NULL DEFAULT 0,
            findingCount INTEGER NOT NULL DEFAULT 0,
            addedAt INTEGER NOT NULL,
            UNIQUE (dataset, reference)
        ) STRICT;
        CREATE TABLE photoTag (
            dataset INTEGER NOT NULL REFERENCES dataset ON DELETE CASCADE,
            name TEXT NOT NULL,
            tag TEXT,
            PRIMARY KEY (dataset, name)
        ) STRICT, WITHOUT ROWID;
        """

    /// Which number the upload of an identifier chosen by the page made.
    private static let uploads = """
        CREATE TABLE upload (
            id TEXT PRIMARY KEY,
            container INTEGER NOT NULL REFERENCES container ON DELETE CASCADE,
            item INTEGER NOT NULL,
            createdAt INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX uploadByTime ON upload (createdAt);
        CREATE INDEX uploadByContainer ON upload (container);
        """
}
