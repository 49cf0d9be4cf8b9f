import Foundation
import GRDB

/// The first form of the catalog: people, groups and what they own, blobs, datasets, models and jobs.
///
/// Numbers of rows are never used twice (AUTOINCREMENT), because payloads of jobs and addresses in browsers name them, and
/// because order in time is read from them. Times are milliseconds since 1970.
enum FirstMigration {
    static func run(_ database: Database, at time: Date) throws {
        for part in [people, groups, blobs, jobs, datasets, models] { try database.execute(sql: part) }
        try database.execute(
            sql: "INSERT INTO person (name, role, createdAt) VALUES ('Owner', 'owner', ?)",
            arguments: [time.milliseconds])
    }

    private static let people = """
        CREATE TABLE person (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL,
            role TEXT NOT NULL,
            createdAt INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE session (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            person INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
            tokenHash BLOB NOT NULL UNIQUE,
            createdAt INTEGER NOT NULL,
            expiresAt INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX sessionByPerson ON session (person);
        CREATE TABLE signInLink (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            person INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
            tokenHash BLOB NOT NULL UNIQUE,
            createdAt INTEGER NOT NULL,
            expiresAt INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX signInLinkByPerson ON signInLink (person);
        """

    private static let groups = """
        CREATE TABLE resourceGroup (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL UNIQUE,
            createdAt INTEGER NOT NULL,
            deletingSince INTEGER
        ) STRICT;
        CREATE TABLE visionResource (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            resourceGroup INTEGER NOT NULL UNIQUE REFERENCES resourceGroup,
            name TEXT NOT NULL,
            key1 TEXT NOT NULL UNIQUE,
            key2 TEXT NOT NULL UNIQUE,
            defaultModel INTEGER REFERENCES model ON DELETE SET NULL,
            createdAt INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX visionResourceByModel ON visionResource (defaultModel) WHERE defaultModel IS NOT NULL;
        CREATE TABLE storageAccount (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            resourceGroup INTEGER NOT NULL REFERENCES resourceGroup,
            name TEXT NOT NULL UNIQUE,
            key1 TEXT NOT NULL,
            key2 TEXT NOT NULL,
            createdAt INTEGER NOT NULL,
            deletingSince INTEGER
        ) STRICT;
        CREATE INDEX storageAccountByGroup ON storageAccount (resourceGroup);
        """

    /// `content` is one file of bytes; it lies on disk as long as a blob, a staged block or a revision points at it. A
    /// container that is being emptied has `deletedAt` set and its name is free. A blob repeats its content's length and
    /// hashes: a page of a list is then one run through neighbouring rows, with no other row looked up.
    private static let blobs = """
        CREATE TABLE content (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            file TEXT NOT NULL UNIQUE,
            length INTEGER NOT NULL,
            md5 BLOB NOT NULL,
            sha256 BLOB NOT NULL
        ) STRICT;
        CREATE INDEX contentBySHA256 ON content (sha256);
        CREATE TABLE committedBlock (
            content INTEGER NOT NULL REFERENCES content ON DELETE CASCADE,
            position INTEGER NOT NULL,
            blockID TEXT NOT NULL,
            length INTEGER NOT NULL,
            PRIMARY KEY (content, position)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE container (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            account INTEGER NOT NULL REFERENCES storageAccount,
            name TEXT NOT NULL,
            metadata TEXT,
            publicAccess TEXT NOT NULL,
            accessPolicies TEXT,
            eTag TEXT NOT NULL,
            createdAt INTEGER NOT NULL,
            modifiedAt INTEGER NOT NULL,
            deletedAt INTEGER
        ) STRICT;
        CREATE UNIQUE INDEX containerByName ON container (account, name) WHERE deletedAt IS NULL;
        CREATE INDEX containerByAccount ON container (account);
        CREATE INDEX containerDeleted ON container (deletedAt) WHERE deletedAt IS NOT NULL;
        CREATE TABLE blob (
            container INTEGER NOT NULL REFERENCES container,
            name TEXT NOT NULL,
            content INTEGER NOT NULL REFERENCES content,
            length INTEGER NOT NULL,
            md5 BLOB NOT NULL,
            sha256 BLOB NOT NULL,
            contentType TEXT,
            contentEncoding TEXT,
            contentLanguage TEXT,
            contentDisposition TEXT,
            cacheControl TEXT,
            contentMD5 BLOB,
            metadata TEXT,
            eTag TEXT NOT NULL,
            createdAt INTEGER NOT NULL,
            modifiedAt INTEGER NOT NULL,
            PRIMARY KEY (container, name)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX blobByContent ON blob (content);
        CREATE TABLE stagedBlock (
            container INTEGER NOT NULL REFERENCES container,
            name TEXT NOT NULL,
            blockID TEXT NOT NULL,
            content INTEGER NOT NULL REFERENCES content,
            createdAt INTEGER NOT NULL,
            PRIMARY KEY (container, name, blockID)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX stagedBlockByContent ON stagedBlock (content);
        CREATE INDEX stagedBlockByTime ON stagedBlock (createdAt);
        """

    /// `leaseBoot` and `leaseExpiry` are a moment of ``Uptime``: the machine's start and nanoseconds since then. The number
    /// of an event is its place in the order of all events.
    private static let jobs = """
        CREATE TABLE job (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            kind TEXT NOT NULL,
            lane TEXT NOT NULL,
            payload TEXT NOT NULL,
            state TEXT NOT NULL,
            priority INTEGER NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0,
            maximumAttempts INTEGER NOT NULL,
            resourceGroup INTEGER REFERENCES resourceGroup,
            person INTEGER REFERENCES person ON DELETE SET NULL,
            leaseOwner TEXT,
            leaseBoot TEXT,
            leaseExpiry INTEGER,
            progress TEXT,
            failureCode TEXT,
            failureMessage TEXT,
            createdAt INTEGER NOT NULL,
            startedAt INTEGER,
            finishedAt INTEGER
        ) STRICT;
        CREATE INDEX jobWaiting ON job (lane, priority DESC, id) WHERE state = 'queued';
        CREATE INDEX jobHeld ON job (lane) WHERE state IN ('running', 'cancelling');
        CREATE INDEX jobByGroup ON job (resourceGroup);
        CREATE INDEX jobByPerson ON job (person);
        CREATE TABLE jobEvent (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            job INTEGER NOT NULL REFERENCES job ON DELETE CASCADE,
            kind TEXT NOT NULL,
            body TEXT NOT NULL,
            createdAt INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX jobEventByJob ON jobEvent (job, id);
        """

    /// A revision outlives its dataset where a model was trained or evaluated on it. `revisionContent` keeps the bytes of a
    /// revision's photos for as long as the revision is there.
    private static let datasets = """
        CREATE TABLE dataset (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            resourceGroup INTEGER NOT NULL REFERENCES resourceGroup,
            name TEXT NOT NULL,
            kind TEXT NOT NULL,
            container INTEGER REFERENCES container ON DELETE SET NULL,
            cocoFiles TEXT NOT NULL,
            authentication TEXT,
            customProperties TEXT,
            eTag TEXT NOT NULL,
            createdAt INTEGER NOT NULL,
            modifiedAt INTEGER NOT NULL,
            UNIQUE (resourceGroup, name)
        ) STRICT;
        CREATE INDEX datasetByContainer ON dataset (container);
        CREATE TABLE datasetRevision (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            resourceGroup INTEGER NOT NULL REFERENCES resourceGroup,
            dataset INTEGER REFERENCES dataset ON DELETE SET NULL,
            datasetName TEXT NOT NULL,
            labelsSHA256 BLOB NOT NULL,
            photosSHA256 BLOB NOT NULL,
            photoCount INTEGER NOT NULL,
            body INTEGER NOT NULL REFERENCES content,
            createdAt INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX datasetRevisionByDataset ON datasetRevision (dataset, labelsSHA256, photosSHA256);
        CREATE INDEX datasetRevisionByGroup ON datasetRevision (resourceGroup);
        CREATE INDEX datasetRevisionByBody ON datasetRevision (body);
        CREATE TABLE revisionContent (
            revision INTEGER NOT NULL REFERENCES datasetRevision ON DELETE CASCADE,
            content INTEGER NOT NULL REFERENCES content,
            PRIMARY KEY (revision, content)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX revisionContentByContent ON revisionContent (content);
        """

    private static let models = """
        CREATE TABLE model (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            resourceGroup INTEGER NOT NULL REFERENCES resourceGroup,
            name TEXT NOT NULL,
            kind TEXT NOT NULL,
            status TEXT NOT NULL,
            parameters TEXT NOT NULL,
            revision INTEGER REFERENCES datasetRevision,
            job INTEGER REFERENCES job ON DELETE SET NULL,
            progress TEXT,
            performance TEXT,
            trainingSeconds REAL,
            failureCode TEXT,
            failureMessage TEXT,
            eTag TEXT NOT NULL,
            createdAt INTEGER NOT NULL,
            modifiedAt INTEGER NOT NULL,
            UNIQUE (resourceGroup, name)
        ) STRICT;
        CREATE INDEX modelByRevision ON model (revision);
        CREATE INDEX modelByJob ON model (job);
        CREATE TABLE modelFile (
            model INTEGER NOT NULL REFERENCES model ON DELETE CASCADE,
            role TEXT NOT NULL,
            file TEXT NOT NULL UNIQUE,
            length INTEGER NOT NULL,
            sha256 BLOB NOT NULL,
            PRIMARY KEY (model, role)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE evaluation (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            model INTEGER NOT NULL REFERENCES model ON DELETE CASCADE,
            name TEXT NOT NULL,
            dataset INTEGER REFERENCES dataset ON DELETE SET NULL,
            datasetName TEXT NOT NULL,
            revision INTEGER REFERENCES datasetRevision,
            job INTEGER REFERENCES job ON DELETE SET NULL,
            status TEXT NOT NULL,
            performance TEXT,
            failureCode TEXT,
            failureMessage TEXT,
            eTag TEXT NOT NULL,
            createdAt INTEGER NOT NULL,
            modifiedAt INTEGER NOT NULL,
            UNIQUE (model, name)
        ) STRICT;
        CREATE INDEX evaluationByDataset ON evaluation (dataset);
        CREATE INDEX evaluationByRevision ON evaluation (revision);
        CREATE INDEX evaluationByJob ON evaluation (job);
        """
}
