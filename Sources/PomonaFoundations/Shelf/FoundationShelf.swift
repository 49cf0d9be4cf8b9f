import Crypto
public import Foundation
import PomonaCore
public import PomonaModel

/// The folder of foundations that were added or pulled, each a safetensors file with its record.
public struct FoundationShelf: Sendable {
    public let folder: String

    public init(folder: String) {
        self.folder = folder
    }

    /// The shelf of this user: in `POMONA_DATA`, else in the XDG data folder.
    public static func standard(environment: [String: String] = ProcessInfo.processInfo.environment) -> FoundationShelf
    {
        func named(_ variable: String) -> String? { environment[variable].flatMap { $0.isEmpty ? nil : $0 } }
        if let data = named("POMONA_DATA") { return FoundationShelf(folder: data + "/foundations") }
        let home = named("HOME") ?? FileManager.default.homeDirectoryForCurrentUser.path
        // The specification has relative paths ignored.
        let data = named("XDG_DATA_HOME").flatMap { $0.hasPrefix("/") ? $0 : nil } ?? home + "/.local/share"
        return FoundationShelf(folder: data + "/pomona/foundations")
    }

    /// What stands on the shelf, by name.
    public var names: [String] {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return files.filter { $0.hasSuffix(".safetensors") }.map { String($0.dropLast(".safetensors".count)) }
            .filter { (try? FoundationName.check($0)) != nil }.sorted()
    }

    /// Path of a foundation's weights, `nil` where the shelf has none of that name.
    public func path(of name: String) -> String? {
        guard (try? FoundationName.check(name)) != nil else { return nil }
        let path = weightsPath(name)
        return FileManager.default.fileExists(atPath: path) ? path : nil
    }

    public func record(of name: String) -> FoundationRecord? {
        guard (try? FoundationName.check(name)) != nil,
            let data = FileManager.default.contents(atPath: recordPath(name))
        else { return nil }
        return try? JSONDecoder().decode(FoundationRecord.self, from: data)
    }

    /// Puts a file on the shelf: a model of this project, weights under the original names, or a published ONNX file,
    /// which is told by its content.
    ///
    /// - Parameters:
    ///   - source: What the record names as its origin.
    ///   - expectedHash: SHA-256 that the file must have, where one is known.
    /// - Returns: The record that was written.
    /// - Throws: ``FoundationError``, or the error of the file; then the shelf is as it was.
    @discardableResult
    public func add(
        _ file: String, as name: String, source: String? = nil, licence: String? = nil, expectedHash: String? = nil
    ) throws -> FoundationRecord {
        try FoundationName.check(name)
        guard path(of: name) == nil else { throw FoundationError.exists(name: name) }
        guard FileManager.default.fileExists(atPath: file) else { throw SafetensorsError.missing(path: file) }
        let (bytes, hash) = try Self.fingerprint(file)
        if let expectedHash, expectedHash.lowercased() != hash {
            throw FoundationError.hashDiffers(name: name, expected: expectedHash.lowercased(), found: hash)
        }
        let record = FoundationRecord(
            source: source ?? URL(fileURLWithPath: file).lastPathComponent, bytes: bytes, sha256: hash, licence: licence
        )
        try makeFolder()
        let target = weightsPath(name)
        if try Self.isSafetensors(file) {
            let weights = try SafetensorsFile(path: file)
            if weights.isPublishedCOCODetector {
                try weights.writeAsModel(to: target, provenance: ["source": record.source, "sourceSHA256": hash])
            } else {
                _ = try Self.architecture(of: weights)
                try copy(file, to: target)
            }
        } else {
            var provenance = ["source": record.source, "sourceSHA256": hash]
            provenance["licence"] = licence
            try PublishedWeights(onnx: file).write(to: target, provenance: provenance)
        }
        do {
            try JSONEncoder().encode(record).write(to: URL(fileURLWithPath: recordPath(name)), options: .atomic)
        } catch {
            try? FileManager.default.removeItem(atPath: target)
            throw FoundationError.notWritten(path: recordPath(name), reason: error.localizedDescription)
        }
        return record
    }

    /// The architecture of a foundation file of either form.
    ///
    /// - Throws: ``ModelFileError`` where the file is no network of the family.
    public static func architecture(of file: SafetensorsFile) throws -> DetectorArchitecture {
        guard file.metadata["format"]?.hasPrefix("pomona-model/") == true else {
            return try DetectorArchitecture(inspecting: file)
        }
        return try ModelDescription(file: file).architecture
    }

    /// Size and SHA-256 of a file, read in pieces.
    static func fingerprint(_ path: String) throws -> (bytes: Int, sha256: String) {
        guard let handle = FileHandle(forReadingAtPath: path) else { throw SafetensorsError.missing(path: path) }
        defer { try? handle.close() }
        var hash = SHA256()
        var bytes = 0
        while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty {
            hash.update(data: piece)
            bytes += piece.count
        }
        return (bytes, hash.finalize().map { String(format: "%02x", $0) }.joined())
    }

    /// A safetensors file begins with a length of eight bytes and an opening brace.
    private static func isSafetensors(_ path: String) throws -> Bool {
        guard let handle = FileHandle(forReadingAtPath: path) else { throw SafetensorsError.missing(path: path) }
        defer { try? handle.close() }
        let head = try handle.read(upToCount: 9) ?? Data()
        return head.count == 9 && head[8] == UInt8(ascii: "{")
    }

    func makeFolder() throws {
        do { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) } catch {
            throw FoundationError.notWritten(path: folder, reason: error.localizedDescription)
        }
    }

    private func copy(_ file: String, to target: String) throws {
        let temporary = target + ".partial-\(ProcessInfo.processInfo.processIdentifier)"
        do {
            try FileManager.default.copyItem(atPath: file, toPath: temporary)
            guard rename(temporary, target) == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        } catch {
            try? FileManager.default.removeItem(atPath: temporary)
            throw FoundationError.notWritten(path: target, reason: error.localizedDescription)
        }
    }

    private func weightsPath(_ name: String) -> String { "\(folder)/\(name).safetensors" }
    private func recordPath(_ name: String) -> String { "\(folder)/\(name).json" }
    func downloadPath(_ name: String) -> String { "\(folder)/.\(name).download" }
}
