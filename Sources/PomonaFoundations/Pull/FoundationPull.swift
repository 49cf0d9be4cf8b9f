import Foundation
import PomonaCore

/// Brings a foundation from the network to the shelf.
public struct FoundationPull: Sendable {
    public let name: String
    public let address: String
    public let licence: String?
    /// SHA-256 the file must have, where its publisher names one.
    public let expectedHash: String?

    /// - Parameter address: A safetensors or ONNX file; `nil` for the official release of a published name.
    /// - Throws: ``FoundationError`` for names and addresses that are none.
    public init(name: String, address: String? = nil, expectedHash: String? = nil) throws {
        try FoundationName.check(name)
        let published = PublishedFoundation.named(name)
        guard name != ShippedFoundation.name, published == nil || address == nil else {
            throw FoundationError.reserved(name: name)
        }
        guard let address = address ?? published?.address else {
            throw FoundationError.unknown(name: name, known: PublishedFoundation.all.map(\.name))
        }
        self.name = name
        self.address = address
        self.expectedHash = expectedHash
        licence = published?.licence
    }

    /// Downloads, checks and converts. Interrupted, the next call goes on where this one stopped.
    ///
    /// - Returns: The record of what came, with the hash that was found.
    public func run(
        into shelf: FoundationShelf,
        progress: @escaping @Sendable (_ received: Int, _ total: Int?) -> Void = { _, _ in }
    ) async throws -> FoundationRecord {
        guard shelf.path(of: name) == nil else { throw FoundationError.exists(name: name) }
        try shelf.makeFolder()
        let partial = PartialDownload(path: shelf.downloadPath(name))
        var download = FileDownload(address: address, partial: partial)
        download.progress = progress
        try await download.run()
        // Complete: whatever it is, downloading it again would not make it better.
        defer { partial.remove() }
        return try shelf.add(
            partial.path, as: name, source: address, licence: licence, expectedHash: expectedHash)
    }
}
