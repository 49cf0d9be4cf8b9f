import ArgumentParser
import Foundation
import PomonaCore
import PomonaStore

struct BackupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Copy a data folder into one tar file, also while the server runs.",
        discussion: "The keys of the accounts are in it: keep it where nobody else can read it.")

    @Argument(help: "The file to write.")
    var file: String

    @Option(help: "The data folder; POMONA_DATA or the person's own unless said.")
    var data: String?

    @Flag(help: "Print the answer as JSON.")
    var json = false

    private struct Answer: Encodable {
        var file: String
        var bytes: Int64
    }

    func run() throws {
        // Whoever may not read the folder may not read its copy.
        umask(0o077)
        let bytes = try FolderBackup(folder: DataFolder(DataFolderChoice(data).url)).write(to: URL(filePath: file))
        if json {
            try Terminal.json(Answer(file: file, bytes: bytes))
        } else {
            Terminal.print("\(file): \(bytes / 1_000_000) MB. To bring it back: pomona restore \(file) --data FOLDER")
        }
    }
}

struct RestoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Bring a backup back into a new data folder; every byte is checked first.")

    @Argument(help: "The file that backup wrote.")
    var file: String

    @Option(help: "The data folder, which must be empty or not exist; POMONA_DATA or the person's own unless said.")
    var data: String?

    @Flag(help: "Print the answer as JSON.")
    var json = false

    func run() throws {
        umask(0o077)
        let folder = DataFolder(DataFolderChoice(data).url)
        let report = try FolderBackup(folder: folder).restore(from: URL(filePath: file))
        if json { try Terminal.json(report) } else { Terminal.print(report.text + "\nRestored to \(folder.path).") }
    }
}

struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check that rows and files of a data folder say the same, also while the server runs.")

    @Option(help: "The data folder; POMONA_DATA or the person's own unless said.")
    var data: String?

    @Flag(help: "Compare lengths only, without reading every byte.")
    var quick = false

    @Flag(help: "Print the report as JSON.")
    var json = false

    func run() throws {
        let report = try FolderVerification(folder: DataFolder(DataFolderChoice(data).url), readsBytes: !quick).run()
        if json { try Terminal.json(report) } else { Terminal.print(report.text) }
        if !report.isSound { throw ExitCode(ErrorKind.badData.exitStatus) }
    }
}

extension FolderVerification.Report {
    /// The report as a person reads it.
    fileprivate var text: String {
        let counts =
            "\(contents) files of bytes (\(bytes / 1_000_000) MB), \(blobs) blobs, \(modelFiles) model files, \(jobs) jobs"
        let lines = findings.map { "\($0.severity.rawValue): \($0.message)" }
        let end = omitted > 0 ? ["and \(omitted) more findings"] : []
        return (["\(isSound ? "Sound" : "DAMAGED"): \(counts)."] + lines + end).joined(separator: "\n")
    }
}
