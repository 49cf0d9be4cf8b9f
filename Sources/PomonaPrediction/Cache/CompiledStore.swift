import Crypto
import Foundation

/// What OpenVINO compiled of one network, kept in a folder with the hashes of its files.
///
/// OpenVINO believes what it finds, and some versions end the program over a file that was cut short. So a folder is used
/// only where its files are, to the byte, what was put there, and it appears complete or not at all.
struct CompiledStore {
    let folder: String

    private static let recordName = "hashes.json"

    /// Whether the folder is there and all of its files are as they were.
    var isSound: Bool {
        guard let data = try? Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(Self.recordName)")),
            let recorded = try? JSONDecoder().decode([String: String].self, from: data), !recorded.isEmpty
        else { return false }
        return (try? Self.hashes(of: folder)) == recorded
    }

    func remove() {
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Lets OpenVINO fill a folder of its own and keeps what it put there.
    ///
    /// A network that is compiled but cannot be kept serves all the same; the next program compiles it again.
    func filling<Result>(_ work: (_ folder: String) throws -> Result) throws -> Result {
        let temporary = "\(folder).partial-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: temporary) }
        let result = try work(temporary)
        if let hashes = try? Self.hashes(of: temporary), !hashes.isEmpty, let record = try? JSONEncoder().encode(hashes)
        {
            let isRecorded = (try? record.write(to: URL(fileURLWithPath: "\(temporary)/\(Self.recordName)"))) != nil
            // Another program may have been first; then this does nothing.
            if isRecorded { try? FileManager.default.moveItem(atPath: temporary, toPath: folder) }
        }
        return result
    }

    /// SHA-256 of every file but the record, by name.
    private static func hashes(of folder: String) throws -> [String: String] {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0 != recordName }
        return try Dictionary(
            uniqueKeysWithValues: names.map { name in
                (name, try FileHash.sha256(of: "\(folder)/\(name)"))
            })
    }
}

enum FileHash {
    /// As hexadecimal digits.
    static func sha256(of path: String) throws -> String {
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
        return SHA256.hash(data: bytes).map { String(format: "%02x", $0) }.joined()
    }
}
