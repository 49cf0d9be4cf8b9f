public import Foundation
import GRDB

extension Catalog {
    /// The hashes of all files of models there are.
    public func modelFileHashes() async throws -> Set<Data> {
        try await read { Set(try Data.fetchAll($0, sql: "SELECT DISTINCT sha256 FROM modelFile")) }
    }
}
