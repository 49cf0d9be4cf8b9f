import GRDB

/// A large blob that is committed from blocks stays the files of its blocks: `source` is the content that a block of it is,
/// on every row of such a content's blocks or on none. A content with sources has a file's name and no file yet. A hash of
/// no bytes is one that nobody measured: the MD5 of such a blob, and both of a block.
enum PiecesMigration {
    static func run(_ database: Database) throws {
        try database.execute(
            sql: """
                ALTER TABLE committedBlock ADD COLUMN source INTEGER REFERENCES content;
                CREATE INDEX committedBlockBySource ON committedBlock (source) WHERE source IS NOT NULL;
                """)
    }
}
