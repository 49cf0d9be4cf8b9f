-- A catalog as the program left it when "004 recognition" was its last migration. Never edited; the keys are made up.
BEGIN TRANSACTION;
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
INSERT INTO "blob" VALUES(1,'l.json',4,212,X'4F82CB8CD7E602062A163EBEB0E576F1',X'8B9B59CEA3C99D75279E8CD645496B9DFB311B6F2012F7863DA1956AAE1AC696','application/json',NULL,NULL,NULL,NULL,X'4F82CB8CD7E602062A163EBEB0E576F1',NULL,'0x895055B3220EE78D',1795481323531,1795481323531);
INSERT INTO "blob" VALUES(1,'p0.png',1,95,X'543336802B568D999E94935FC9F0F121',X'69ECC503424429751A72DCC744F501231F74816D642026A09AE309B2F9108320','image/png',NULL,NULL,NULL,NULL,X'543336802B568D999E94935FC9F0F121',NULL,'0x8ADE12BF3574568E',1795481323451,1795481323451);
INSERT INTO "blob" VALUES(1,'p1.png',2,95,X'A1CAE60A0FBF2EF6B18322C510581DB7',X'C722B03F3537344B4D11373FA202F0AFFE2B5A55F4879D6A10199C1AD1CF3F9E','image/png',NULL,NULL,NULL,NULL,X'A1CAE60A0FBF2EF6B18322C510581DB7',NULL,'0xEE9690189369B0DF',1795481323514,1795481323514);
INSERT INTO "blob" VALUES(1,'p2.png',3,95,X'FB0A147B969277DE38ABD1FFA25AECAD',X'18B88976558EE18D729056E282B1FC9D4C905BF05FF66DE00F55736235F02853','image/png',NULL,NULL,NULL,NULL,X'FB0A147B969277DE38ABD1FFA25AECAD',NULL,'0x83B9423A1A587B40',1795481323523,1795481323523);
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
INSERT INTO "blobItem" VALUES(1,1,'p0.png',1,95,X'69ECC503424429751A72DCC744F501231F74816D642026A09AE309B2F9108320','image/png',1795481323451,1,2,32,24,0,NULL,NULL);
INSERT INTO "blobItem" VALUES(2,1,'p1.png',2,95,X'C722B03F3537344B4D11373FA202F0AFFE2B5A55F4879D6A10199C1AD1CF3F9E','image/png',1795481323514,1,2,32,24,0,NULL,NULL);
INSERT INTO "blobItem" VALUES(3,1,'p2.png',3,95,X'18B88976558EE18D729056E282B1FC9D4C905BF05FF66DE00F55736235F02853','image/png',1795481323523,1,2,32,24,0,NULL,NULL);
INSERT INTO "blobItem" VALUES(4,1,'l.json',4,212,X'8B9B59CEA3C99D75279E8CD645496B9DFB311B6F2012F7863DA1956AAE1AC696','application/json',1795481323531,0,0,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE category (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    project INTEGER NOT NULL REFERENCES project ON DELETE CASCADE,
    name TEXT NOT NULL,
    color TEXT NOT NULL,
    hotkey TEXT,
    position INTEGER NOT NULL,
    deletedAt INTEGER
) STRICT;
INSERT INTO "category" VALUES(1,1,'apple','#e0533d','1',1,NULL);
INSERT INTO "category" VALUES(2,1,'pear','#2f7ed8','2',2,NULL);
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
, blobCount INTEGER NOT NULL DEFAULT 0, photoCount INTEGER NOT NULL DEFAULT 0, byteCount INTEGER NOT NULL DEFAULT 0) STRICT;
INSERT INTO "container" VALUES(1,2,'photos',NULL,'none',NULL,'0xDFA015DF15670889',1795481323411,1795481323411,NULL,4,3,497);
CREATE TABLE content (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    file TEXT NOT NULL UNIQUE,
    length INTEGER NOT NULL,
    md5 BLOB NOT NULL,
    sha256 BLOB NOT NULL
) STRICT;
INSERT INTO "content" VALUES(1,'47c4ea1b9875c8e1831452cb4a1a8fb8',95,X'543336802B568D999E94935FC9F0F121',X'69ECC503424429751A72DCC744F501231F74816D642026A09AE309B2F9108320');
INSERT INTO "content" VALUES(2,'df3ffb1f2db5dd3b7e8cb8bf215c8716',95,X'A1CAE60A0FBF2EF6B18322C510581DB7',X'C722B03F3537344B4D11373FA202F0AFFE2B5A55F4879D6A10199C1AD1CF3F9E');
INSERT INTO "content" VALUES(3,'0d5e9d0701c9eef3dbd998e964a98a2c',95,X'FB0A147B969277DE38ABD1FFA25AECAD',X'18B88976558EE18D729056E282B1FC9D4C905BF05FF66DE00F55736235F02853');
INSERT INTO "content" VALUES(4,'7c35d64745ab9f09bf48680d12be4760',212,X'4F82CB8CD7E602062A163EBEB0E576F1',X'8B9B59CEA3C99D75279E8CD645496B9DFB311B6F2012F7863DA1956AAE1AC696');
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
    modifiedAt INTEGER NOT NULL, tags TEXT NOT NULL DEFAULT '[]', labelsVersion INTEGER NOT NULL DEFAULT 1,
    UNIQUE (resourceGroup, name)
) STRICT;
INSERT INTO "dataset" VALUES(1,2,'training','objectDetection',1,'["l.json"]',NULL,NULL,'0x9FDBBCAECEC319BB',1795481323584,1795481323649,'[]',2);
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
INSERT INTO "datasetFile" VALUES(1,1,'l.json','blob',1,1,0,1795481323649);
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
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
INSERT INTO "grdb_migrations" VALUES('001 house');
INSERT INTO "grdb_migrations" VALUES('002 studio');
INSERT INTO "grdb_migrations" VALUES('003 labeling');
INSERT INTO "grdb_migrations" VALUES('004 recognition');
CREATE TABLE invitation (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    project INTEGER NOT NULL REFERENCES project ON DELETE CASCADE,
    role TEXT NOT NULL,
    tokenHash BLOB NOT NULL UNIQUE,
    createdAt INTEGER NOT NULL,
    expiresAt INTEGER NOT NULL
) STRICT;
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
CREATE TABLE jobEvent (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    job INTEGER NOT NULL REFERENCES job ON DELETE CASCADE,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    createdAt INTEGER NOT NULL
) STRICT;
CREATE TABLE labeling (
    task INTEGER NOT NULL REFERENCES task ON DELETE CASCADE,
    person INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
    annotations TEXT NOT NULL,
    submittedAt INTEGER,
    PRIMARY KEY (task, person)
) STRICT, WITHOUT ROWID;
CREATE TABLE membership (
    project INTEGER NOT NULL REFERENCES project ON DELETE CASCADE,
    person INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
    role TEXT NOT NULL,
    createdAt INTEGER NOT NULL,
    lastSeenAt INTEGER,
    PRIMARY KEY (project, person)
) STRICT, WITHOUT ROWID;
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
CREATE TABLE modelFile (
    model INTEGER NOT NULL REFERENCES model ON DELETE CASCADE,
    role TEXT NOT NULL,
    file TEXT NOT NULL UNIQUE,
    length INTEGER NOT NULL,
    sha256 BLOB NOT NULL,
    PRIMARY KEY (model, role)
) STRICT, WITHOUT ROWID;
CREATE TABLE person (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    createdAt INTEGER NOT NULL
) STRICT;
INSERT INTO "person" VALUES(1,'Owner','owner',1795481240899);
CREATE TABLE photoTag (
    dataset INTEGER NOT NULL REFERENCES dataset ON DELETE CASCADE,
    name TEXT NOT NULL,
    tag TEXT,
    PRIMARY KEY (dataset, name)
) STRICT, WITHOUT ROWID;
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
INSERT INTO "project" VALUES(1,2,1,'training',1,'fruit','objectDetection','running','','{"agreementIoU":0.5,"assists":true,"automatic":true,"firstExperimentAfter":12,"maximumLabelers":1,"minimumLabelers":1,"nextExperimentAfter":20,"order":"shuffled","preLabels":true,"takesNewPhotos":true}',1540065880,4,1795481336993,1795481337006,NULL);
CREATE TABLE recognitionRun (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    resourceGroup INTEGER NOT NULL REFERENCES resourceGroup ON DELETE CASCADE,
    modelName TEXT NOT NULL,
    name TEXT NOT NULL,
    result TEXT NOT NULL,
    createdAt INTEGER NOT NULL,
    UNIQUE (resourceGroup, modelName, name)
) STRICT;
CREATE TABLE resourceGroup (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    createdAt INTEGER NOT NULL,
    deletingSince INTEGER
, isSample INTEGER NOT NULL DEFAULT 0) STRICT;
INSERT INTO "resourceGroup" VALUES(1,'default',1795481240912,NULL,0);
INSERT INTO "resourceGroup" VALUES(2,'Orchard',1795481242884,NULL,0);
CREATE TABLE reviewAnswer (
    project INTEGER NOT NULL REFERENCES project ON DELETE CASCADE,
    edit TEXT NOT NULL,
    answer TEXT NOT NULL,
    PRIMARY KEY (project, edit)
) STRICT, WITHOUT ROWID;
CREATE TABLE revisionContent (
    revision INTEGER NOT NULL REFERENCES datasetRevision ON DELETE CASCADE,
    content INTEGER NOT NULL REFERENCES content,
    PRIMARY KEY (revision, content)
) STRICT, WITHOUT ROWID;
CREATE TABLE session (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
    tokenHash BLOB NOT NULL UNIQUE,
    createdAt INTEGER NOT NULL,
    expiresAt INTEGER NOT NULL
) STRICT;
INSERT INTO "session" VALUES(1,1,X'DF3E5F3A38C6F569A683931E3C13769B2EAA5329ACDA9AFCF1C761FCB757FE56',1795481240919,1830041240919);
CREATE TABLE signInLink (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
    tokenHash BLOB NOT NULL UNIQUE,
    createdAt INTEGER NOT NULL,
    expiresAt INTEGER NOT NULL
) STRICT;
INSERT INTO "signInLink" VALUES(1,1,X'361B047990E6121FA370A7369036C0F8C653FD9B1DCB94749035DEE567DF6CD6',1795481240917,1795567640917);
CREATE TABLE stagedBlock (
    container INTEGER NOT NULL REFERENCES container,
    name TEXT NOT NULL,
    blockID TEXT NOT NULL,
    content INTEGER NOT NULL REFERENCES content,
    createdAt INTEGER NOT NULL,
    PRIMARY KEY (container, name, blockID)
) STRICT, WITHOUT ROWID;
CREATE TABLE storageAccount (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    resourceGroup INTEGER NOT NULL REFERENCES resourceGroup,
    name TEXT NOT NULL UNIQUE,
    key1 TEXT NOT NULL,
    key2 TEXT NOT NULL,
    createdAt INTEGER NOT NULL,
    deletingSince INTEGER
) STRICT;
INSERT INTO "storageAccount" VALUES(1,1,'pomona9yehi7','AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==','AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==',1795481240914,NULL);
INSERT INTO "storageAccount" VALUES(2,2,'appleshop','AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==','AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==',1795481323374,NULL);
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
INSERT INTO "task" VALUES(1,1,1,'p0.png',1,X'69ECC503424429751A72DCC744F501231F74816D642026A09AE309B2F9108320',32,24,'submitted',1,'[{"box":{"xMax":10,"xMin":2,"yMax":10,"yMin":2},"category":1,"id":"374BD18A-2938-4DE8-A8FA-D8474AA8DB1B"}]',1,'[]',NULL,NULL,NULL,1,1795481390889,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,0,1795481390889);
INSERT INTO "task" VALUES(2,1,2,'p2.png',3,X'18B88976558EE18D729056E282B1FC9D4C905BF05FF66DE00F55736235F02853',32,24,'unlabeled',0,'[]',0,'[]',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,0,1795481336995);
INSERT INTO "task" VALUES(3,1,3,'p1.png',2,X'C722B03F3537344B4D11373FA202F0AFFE2B5A55F4879D6A10199C1AD1CF3F9E',32,24,'unlabeled',0,'[]',0,'[]',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,0,1795481336995);
CREATE TABLE taskCategory (
    task INTEGER NOT NULL REFERENCES task ON DELETE CASCADE,
    category INTEGER NOT NULL REFERENCES category ON DELETE CASCADE,
    boxes INTEGER NOT NULL,
    PRIMARY KEY (task, category)
) STRICT, WITHOUT ROWID;
INSERT INTO "taskCategory" VALUES(1,1,1);
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
INSERT INTO "taskEdit" VALUES(1,1,'F7F1558B-C1C3-4047-8A3C-D3D374D02A58',1,1,'submitted','submitted','[{"box":{"xMax":10,"xMin":2,"yMax":10,"yMin":2},"category":1,"id":"374BD18A-2938-4DE8-A8FA-D8474AA8DB1B"}]',NULL,NULL,1795481390889);
CREATE TABLE upload (
    id TEXT PRIMARY KEY,
    container INTEGER NOT NULL REFERENCES container ON DELETE CASCADE,
    item INTEGER NOT NULL,
    createdAt INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "upload" VALUES('2C53B2F6-F32A-4FDE-B242-094FDAB27F76',1,4,1795481323531);
INSERT INTO "upload" VALUES('8F072F5B-6AD6-4AD5-B5D0-B0A0F131F315',1,1,1795481323451);
INSERT INTO "upload" VALUES('96F31498-CB34-4549-8151-51478C3ACD03',1,2,1795481323514);
INSERT INTO "upload" VALUES('9B3A7EA4-6490-40A1-865E-30AE6BE71D7F',1,3,1795481323523);
CREATE TABLE visionResource (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    resourceGroup INTEGER NOT NULL UNIQUE REFERENCES resourceGroup,
    name TEXT NOT NULL,
    key1 TEXT NOT NULL UNIQUE,
    key2 TEXT NOT NULL UNIQUE,
    defaultModel INTEGER REFERENCES model ON DELETE SET NULL,
    createdAt INTEGER NOT NULL
) STRICT;
INSERT INTO "visionResource" VALUES(1,1,'default','00000000000000000000000000000001','00000000000000000000000000000002',NULL,1795481240912);
INSERT INTO "visionResource" VALUES(2,2,'Orchard','00000000000000000000000000000003','00000000000000000000000000000004',NULL,1795481242884);
CREATE INDEX sessionByPerson ON session (person);
CREATE INDEX signInLinkByPerson ON signInLink (person);
CREATE INDEX visionResourceByModel ON visionResource (defaultModel) WHERE defaultModel IS NOT NULL;
CREATE INDEX storageAccountByGroup ON storageAccount (resourceGroup);
CREATE INDEX contentBySHA256 ON content (sha256);
CREATE UNIQUE INDEX containerByName ON container (account, name) WHERE deletedAt IS NULL;
CREATE INDEX containerByAccount ON container (account);
CREATE INDEX containerDeleted ON container (deletedAt) WHERE deletedAt IS NOT NULL;
CREATE INDEX blobByContent ON blob (content);
CREATE INDEX stagedBlockByContent ON stagedBlock (content);
CREATE INDEX stagedBlockByTime ON stagedBlock (createdAt);
CREATE INDEX jobWaiting ON job (lane, priority DESC, id) WHERE state = 'queued';
CREATE INDEX jobHeld ON job (lane) WHERE state IN ('running', 'cancelling');
CREATE INDEX jobByGroup ON job (resourceGroup);
CREATE INDEX jobByPerson ON job (person);
CREATE INDEX jobEventByJob ON jobEvent (job, id);
CREATE INDEX datasetByContainer ON dataset (container);
CREATE INDEX datasetRevisionByDataset ON datasetRevision (dataset, labelsSHA256, photosSHA256);
CREATE INDEX datasetRevisionByGroup ON datasetRevision (resourceGroup);
CREATE INDEX datasetRevisionByBody ON datasetRevision (body);
CREATE INDEX revisionContentByContent ON revisionContent (content);
CREATE INDEX modelByRevision ON model (revision);
CREATE INDEX modelByJob ON model (job);
CREATE INDEX evaluationByDataset ON evaluation (dataset);
CREATE INDEX evaluationByRevision ON evaluation (revision);
CREATE INDEX evaluationByJob ON evaluation (job);
CREATE UNIQUE INDEX blobItemByName ON blobItem (container, name);
CREATE INDEX blobItemByTime ON blobItem (container, createdAt, id);
CREATE INDEX blobItemByLength ON blobItem (container, length, id);
CREATE INDEX blobItemBySHA256 ON blobItem (sha256) WHERE isPhoto = 1;
CREATE INDEX blobItemToExamine ON blobItem (id) WHERE isPhoto = 1 AND examination < 2;
CREATE INDEX blobItemWithProblem ON blobItem (container, name) WHERE problemCode IS NOT NULL;
CREATE TRIGGER blobItemAfterInsert AFTER INSERT ON blob BEGIN
    DELETE FROM blobItem WHERE container = NEW.container AND name = NEW.name
        AND (content <> NEW.content OR createdAt <> NEW.createdAt);
    UPDATE blobItem SET contentType = NEW.contentType WHERE container = NEW.container AND name = NEW.name;
    INSERT INTO blobItem (container, name, content, length, sha256, contentType, createdAt, isPhoto)
        SELECT NEW.container, NEW.name, NEW.content, NEW.length, NEW.sha256, NEW.contentType, NEW.createdAt,
            (NEW.name LIKE '%.jpg' OR NEW.name LIKE '%.jpeg' OR NEW.name LIKE '%.jpe' OR NEW.name LIKE '%.jfif' OR NEW.name LIKE '%.png' OR NEW.name LIKE '%.gif' OR NEW.name LIKE '%.webp' OR NEW.name LIKE '%.tif' OR NEW.name LIKE '%.tiff' OR NEW.name LIKE '%.bmp' OR NEW.name LIKE '%.dib' OR NEW.name LIKE '%.heic' OR NEW.name LIKE '%.heif' OR NEW.name LIKE '%.avif' OR ifnull(NEW.contentType, '') LIKE 'image/jpeg%' OR ifnull(NEW.contentType, '') LIKE 'image/png%' OR ifnull(NEW.contentType, '') LIKE 'image/gif%' OR ifnull(NEW.contentType, '') LIKE 'image/webp%' OR ifnull(NEW.contentType, '') LIKE 'image/tiff%' OR ifnull(NEW.contentType, '') LIKE 'image/bmp%' OR ifnull(NEW.contentType, '') LIKE 'image/heic%' OR ifnull(NEW.contentType, '') LIKE 'image/heif%' OR ifnull(NEW.contentType, '') LIKE 'image/avif%')
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
CREATE INDEX uploadByTime ON upload (createdAt);
CREATE INDEX uploadByContainer ON upload (container);
CREATE UNIQUE INDEX projectByName ON project (resourceGroup, name) WHERE deletedAt IS NULL;
CREATE INDEX projectByGroup ON project (resourceGroup);
CREATE INDEX projectByDataset ON project (dataset);
CREATE INDEX projectByContainer ON project (container);
CREATE UNIQUE INDEX categoryByName ON category (project, name) WHERE deletedAt IS NULL;
CREATE UNIQUE INDEX categoryByHotkey ON category (project, hotkey) WHERE hotkey IS NOT NULL AND deletedAt IS NULL;
CREATE INDEX categoryByProject ON category (project, position);
CREATE INDEX taskByItem ON task (item);
CREATE INDEX taskByState ON task (project, isDropped, isGone, state, number);
CREATE INDEX taskByLease ON task (leasePerson) WHERE leasePerson IS NOT NULL;
CREATE INDEX taskBySubmitter ON task (submittedBy) WHERE submittedBy IS NOT NULL;
CREATE INDEX taskByReviewer ON task (reviewedBy) WHERE reviewedBy IS NOT NULL;
CREATE INDEX taskCategoryByCategory ON taskCategory (category, task);
CREATE UNIQUE INDEX taskEditByName ON taskEdit (task, edit) WHERE edit IS NOT NULL;
CREATE INDEX taskEditByRevision ON taskEdit (task, revision);
CREATE INDEX taskEditByPerson ON taskEdit (person, action);
CREATE INDEX labelingByPerson ON labeling (person);
CREATE INDEX experimentByProject ON experiment (project, id);
CREATE INDEX experimentByModel ON experiment (model);
CREATE INDEX experimentByJob ON experiment (job);
CREATE INDEX membershipByPerson ON membership (person);
CREATE INDEX invitationByProject ON invitation (project);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('person',1);
INSERT INTO "sqlite_sequence" VALUES('blobItem',4);
INSERT INTO "sqlite_sequence" VALUES('resourceGroup',2);
INSERT INTO "sqlite_sequence" VALUES('visionResource',2);
INSERT INTO "sqlite_sequence" VALUES('storageAccount',2);
INSERT INTO "sqlite_sequence" VALUES('signInLink',2);
INSERT INTO "sqlite_sequence" VALUES('session',1);
INSERT INTO "sqlite_sequence" VALUES('container',1);
INSERT INTO "sqlite_sequence" VALUES('content',4);
INSERT INTO "sqlite_sequence" VALUES('dataset',1);
INSERT INTO "sqlite_sequence" VALUES('datasetFile',1);
INSERT INTO "sqlite_sequence" VALUES('project',1);
INSERT INTO "sqlite_sequence" VALUES('task',3);
INSERT INTO "sqlite_sequence" VALUES('category',2);
INSERT INTO "sqlite_sequence" VALUES('taskEdit',1);
COMMIT;
