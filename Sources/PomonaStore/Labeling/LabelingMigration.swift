import GRDB

/// The tables of labeling projects: what is labeled, by whom, and everything that was ever said of a photo.
///
/// A group takes its projects along when it goes. What a project keeps of photos is their name in the container, the
/// number that the blob had (`item`) and the hash of its bytes; boxes lie as JSON in the rows of tasks, because they are always read and written together.
enum LabelingMigration {
    static func run(_ database: Database) throws {
        for part in [projects, tasks, experiments, people] { try database.execute(sql: part) }
    }

    private static let projects = """
        CREATE TABLE project (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            resourceGroup INTEGER NOT NULL REFERENCES resourceGroup ON DELETE CASCADE,
            dataset INTEGER REFERENCES dataset ON DELETE SET NULL,
            datasetName TEXT NOT NULL,
            container INTEGER REFERENCES container ON DELETE SET NULL,
            name TEXT NOT NULL,
            kind TEXT NOT NULL,
            state TEXT NOT NULL,
            instructions TEXT NOT NULL,
            settings TEXT NOT NULL,
            seed INTEGER NOT NULL,
            revision INTEGER NOT NULL,
            createdAt INTEGER NOT NULL,
            modifiedAt INTEGER NOT NULL,
            deletedAt INTEGER
        ) STRICT;
        CREATE UNIQUE INDEX projectByName ON project (resourceGroup, name) WHERE deletedAt IS NULL;
        CREATE INDEX projectByGroup ON project (resourceGroup);
        CREATE INDEX projectByDataset ON project (dataset);
        CREATE INDEX projectByContainer ON project (container);
        CREATE TABLE category (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            project INTEGER NOT NULL REFERENCES project ON DELETE CASCADE,
            name TEXT NOT NULL,
            color TEXT NOT NULL,
            hotkey TEXT,
            position INTEGER NOT NULL,
            deletedAt INTEGER
        ) STRICT;
        CREATE UNIQUE INDEX categoryByName ON category (project, name) WHERE deletedAt IS NULL;
        CREATE UNIQUE INDEX categoryByHotkey ON category (project, hotkey) WHERE hotkey IS NOT NULL AND deletedAt IS NULL;
        CREATE INDEX categoryByProject ON category (project, position);
        """

    /// `number` is the place in the shuffled order. `teaching` and `certainty` are what the last model made of the photo.
    /// `leaseBoot` and `leaseExpiry` are a moment of ``Uptime``.
    private static let tasks = """
        CREATE TABLE task (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            project INTEGER NOT NULL REFERENCES project ON DELETE CASCADE,
            number INTEGER NOT NULL,
            name TEXT NOT NULL,
            item INTEGER NOT NULL,
            sha256 BLOB NOT NULL,
            width INTEGER NOT NULL,
            height INTEGER NOT NULL,
            state TEXT NOT NULL,
            revision INTEGER NOT NULL,
            annotations TEXT NOT NULL,
            annotationCount INTEGER NOT NULL,
            suggestions TEXT NOT NULL,
            leasePerson INTEGER REFERENCES person ON DELETE SET NULL,
            leaseBoot TEXT,
            leaseExpiry INTEGER,
            submittedBy INTEGER REFERENCES person ON DELETE SET NULL,
            submittedAt INTEGER,
            verdict TEXT,
            reviewWords TEXT,
            reviewedBy INTEGER REFERENCES person ON DELETE SET NULL,
            reviewedAt INTEGER,
            agreement REAL,
            disagreement REAL,
            teaching REAL,
            certainty REAL,
            isDropped INTEGER NOT NULL DEFAULT 0,
            isGone INTEGER NOT NULL DEFAULT 0,
            modifiedAt INTEGER NOT NULL,
            UNIQUE (project, name),
            UNIQUE (project, number)
        ) STRICT;
        CREATE INDEX taskByItem ON task (item);
        CREATE INDEX taskByState ON task (project, isDropped, isGone, state, number);
        CREATE INDEX taskByLease ON task (leasePerson) WHERE leasePerson IS NOT NULL;
        CREATE INDEX taskBySubmitter ON task (submittedBy) WHERE submittedBy IS NOT NULL;
        CREATE INDEX taskByReviewer ON task (reviewedBy) WHERE reviewedBy IS NOT NULL;
        CREATE TABLE taskCategory (
            task INTEGER NOT NULL REFERENCES task ON DELETE CASCADE,
            category INTEGER NOT NULL REFERENCES category ON DELETE CASCADE,
            boxes INTEGER NOT NULL,
            PRIMARY KEY (task, category)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX taskCategoryByCategory ON taskCategory (category, task);
        CREATE TABLE taskEdit (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            task INTEGER NOT NULL REFERENCES task ON DELETE CASCADE,
            edit TEXT,
            revision INTEGER NOT NULL,
            person INTEGER REFERENCES person ON DELETE SET NULL,
            action TEXT NOT NULL,
            state TEXT NOT NULL,
            annotations TEXT,
            words TEXT,
            seconds REAL,
            createdAt INTEGER NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX taskEditByName ON taskEdit (task, edit) WHERE edit IS NOT NULL;
        CREATE INDEX taskEditByRevision ON taskEdit (task, revision);
        CREATE INDEX taskEditByPerson ON taskEdit (person, action);
        CREATE TABLE labeling (
            task INTEGER NOT NULL REFERENCES task ON DELETE CASCADE,
            person INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
            annotations TEXT NOT NULL,
            submittedAt INTEGER,
            PRIMARY KEY (task, person)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX labelingByPerson ON labeling (person);
        CREATE TABLE reviewAnswer (
            project INTEGER NOT NULL REFERENCES project ON DELETE CASCADE,
            edit TEXT NOT NULL,
            answer TEXT NOT NULL,
            PRIMARY KEY (project, edit)
        ) STRICT, WITHOUT ROWID;
        """

    private static let experiments = """
        CREATE TABLE experiment (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            project INTEGER NOT NULL REFERENCES project ON DELETE CASCADE,
            kind TEXT NOT NULL,
            origin TEXT NOT NULL,
            number INTEGER NOT NULL,
            model INTEGER REFERENCES model ON DELETE SET NULL,
            job INTEGER REFERENCES job ON DELETE SET NULL,
            labeledCount INTEGER NOT NULL,
            submissions INTEGER NOT NULL,
            summary TEXT,
            createdAt INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX experimentByProject ON experiment (project, id);
        CREATE INDEX experimentByModel ON experiment (model);
        CREATE INDEX experimentByJob ON experiment (job);
        """

    private static let people = """
        CREATE TABLE membership (
            project INTEGER NOT NULL REFERENCES project ON DELETE CASCADE,
            person INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
            role TEXT NOT NULL,
            createdAt INTEGER NOT NULL,
            lastSeenAt INTEGER,
            PRIMARY KEY (project, person)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX membershipByPerson ON membership (person);
        CREATE TABLE invitation (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            project INTEGER NOT NULL REFERENCES project ON DELETE CASCADE,
            role TEXT NOT NULL,
            tokenHash BLOB NOT NULL UNIQUE,
            createdAt INTEGER NOT NULL,
            expiresAt INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX invitationByProject ON invitation (project);
        """
}
