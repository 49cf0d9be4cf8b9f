import Foundation
import PomonaCore

/// A place a command will write to at its end, tried at its start.
enum OutputFile {
    /// Makes sure that a file can be written, before hours are spent on what shall be in it.
    ///
    /// - Throws: ``CommandError/cannotWrite(path:reason:)``.
    static func check(_ path: String) throws {
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
            throw CommandError.cannotWrite(path: path, reason: "it is a folder")
        }
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        guard FileManager.default.fileExists(atPath: folder) else {
            throw CommandError.cannotWrite(path: path, reason: "the folder \(folder) does not exist")
        }
        guard access(folder, W_OK) == 0 else {
            throw CommandError.cannotWrite(path: path, reason: "the folder \(folder) does not let this user write")
        }
    }

    /// Makes a folder where there is none.
    static func makeFolder(_ path: String) throws {
        do { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) } catch {
            throw CommandError.cannotWrite(path: path, reason: "the folder cannot be made")
        }
    }

    /// Writes a file that appears whole or not at all.
    static func write(_ bytes: some Sequence<UInt8>, to path: String) throws {
        do { try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic) } catch {
            throw CommandError.cannotWrite(path: path, reason: error.localizedDescription)
        }
    }
}
