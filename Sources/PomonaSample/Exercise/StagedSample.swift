import Foundation

/// A sample in the making: a hidden folder that becomes the target, or its content, once it is complete.
///
/// It lies beside a target that does not exist yet, and inside one that does: there it can be written and moved even
/// where the target is a mounted volume or the folder above belongs to somebody else.
struct StagedSample {
    private let target: URL
    private let stage: URL
    /// Folders above the target that had to be made, the deepest first.
    private let newParents: [URL]

    private var files: FileManager { .default }
    private var fresh: URL { stage.appendingPathComponent("new") }
    private var previous: URL { stage.appendingPathComponent("previous") }

    /// How the folder's name begins. One that was left by a killed program does not make its target unusable.
    private static let prefix = ".unfinished-sample-"

    /// What a sample holds: the names in each of its folders.
    private static let content: [String: Set<String>] = [
        ExerciseSample.trainingFolder: Set(ExercisePlan.trainingNames),
        ExerciseSample.evaluationFolder: Set(ExercisePlan.evaluationNames + [ExerciseSample.evaluationLabels]),
        ExerciseSample.testFolder: Set(ExercisePlan.testContents.map(\.name)),
        ExerciseSample.answersFolder: [ExerciseSample.trainingLabels],
    ]

    /// Checks the target and makes the folders to write to.
    init(for folder: URL) throws {
        target = folder.standardizedFileURL.resolvingSymlinksInPath()
        try Self.checkReplaceable(target)
        let parent = target.deletingLastPathComponent()
        let place = FileManager.default.fileExists(atPath: target.path) ? target : parent
        stage = place.appendingPathComponent(Self.prefix + UUID().uuidString)
        var (missing, ancestor) = ([URL](), parent)
        while !FileManager.default.fileExists(atPath: ancestor.path), ancestor.path != "/" {
            missing.append(ancestor)
            ancestor.deleteLastPathComponent()
        }
        newParents = missing
        do {
            for name in Self.content.keys.sorted() {
                try FileManager.default.createDirectory(
                    at: fresh.appendingPathComponent(name), withIntermediateDirectories: true)
            }
        } catch {
            discard()
            throw ExerciseSampleError.system(stage.path, error)
        }
    }

    /// Where a file is to be written.
    func file(_ folder: String, _ name: String) -> URL {
        fresh.appendingPathComponent(folder).appendingPathComponent(name)
    }

    /// Where that file will lie.
    func finalPath(of folder: String, _ name: String) -> String {
        target.appendingPathComponent(folder).appendingPathComponent(name).path
    }

    func write(_ bytes: [UInt8], to folder: String, _ name: String) throws {
        do {
            try Data(bytes).write(to: file(folder, name))
        } catch {
            throw ExerciseSampleError.system(finalPath(of: folder, name), error)
        }
    }

    /// Puts the finished sample in the target's place.
    ///
    /// A target that exists keeps its identity, as it may be somebody's current folder: only what is in it changes.
    func install() throws {
        do {
            if files.fileExists(atPath: target.path) {
                try replaceContent()
            } else {
                try files.moveItem(at: fresh, to: target)
            }
        } catch {
            throw ExerciseSampleError.system(target.path, error)
        }
        // The sample is in place; a stage that cannot be removed is no reason to call it failed.
        try? files.removeItem(at: stage)
        for leftover in (try? Self.names(in: target)) ?? [] where leftover.hasPrefix(Self.prefix) {
            try? files.removeItem(at: target.appendingPathComponent(leftover))
        }
    }

    /// Removes all that was made; the target is as it was.
    func discard() {
        // Failing here must not hide the error that led here.
        try? files.removeItem(at: stage)
        for parent in newParents where rmdir(parent.path) != 0 { return }
    }

    private func replaceContent() throws {
        // Checked again: minutes may have passed, and somebody may have put something there.
        try Self.checkReplaceable(target)
        try files.createDirectory(at: previous, withIntermediateDirectories: true)
        var undo: [(from: URL, to: URL)] = []
        do {
            for name in Self.content.keys.sorted() {
                let place = target.appendingPathComponent(name)
                let moves = [
                    (from: place, to: previous.appendingPathComponent(name)),
                    (from: fresh.appendingPathComponent(name), to: place),
                ]
                for move in moves where files.fileExists(atPath: move.from.path) {
                    try files.moveItem(at: move.from, to: move.to)
                    undo.append((move.to, move.from))
                }
            }
        } catch {
            for move in undo.reversed() { try? files.moveItem(at: move.from, to: move.to) }
            throw error
        }
    }

    /// Passes a target that does not exist, is empty, or holds nothing but files that a sample holds.
    private static func checkReplaceable(_ target: URL) throws {
        let files = FileManager.default
        var isFolder: ObjCBool = false
        guard files.fileExists(atPath: target.path, isDirectory: &isFolder) else { return }
        guard isFolder.boolValue else { throw ExerciseSampleError.notAFolder(path: target.path) }
        for entry in try names(in: target) where !entry.hasPrefix(prefix) {
            guard let expected = content[entry] else {
                throw ExerciseSampleError.folderInUse(path: target.path, entry: entry)
            }
            let folder = target.appendingPathComponent(entry)
            guard files.fileExists(atPath: folder.path, isDirectory: &isFolder), isFolder.boolValue else {
                throw ExerciseSampleError.folderInUse(path: target.path, entry: entry)
            }
            if let foreign = try names(in: folder).first(where: { !expected.contains($0) }) {
                throw ExerciseSampleError.folderInUse(path: target.path, entry: "\(entry)/\(foreign)")
            }
        }
    }

    private static func names(in folder: URL) throws -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        } catch {
            throw ExerciseSampleError.system(folder.path, error)
        }
    }
}
