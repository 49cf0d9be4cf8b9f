import Foundation
import PomonaCore
import PomonaEngine
import PomonaImaging

/// Photos that are sorted into folders, each named as its tag.
struct TagFolders {
    let labelled: LabelledSet

    /// One tag is enough here: it can be measured, and what cannot be learned from one is the engine's to say.
    ///
    /// - Throws: ``CommandError`` for a folder that is none, or that holds no folders with photos.
    init(_ path: String) throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
            throw CommandError.pathMissing(path)
        }
        let root = URL(filePath: path, directoryHint: .isDirectory)
        let tags = try Self.names(in: root).filter { name in
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: root.appending(path: name).path, isDirectory: &isFolder)
                && isFolder.boolValue
        }
        var photos: [LabeledPhoto] = []
        var skipped: [SkippedPhoto] = []
        for (label, tag) in tags.enumerated() {
            for name in try Self.names(in: root.appending(path: tag)) {
                let file = root.appending(path: "\(tag)/\(name)").path
                do {
                    let header = try ImageDecoder().probe(path: file, named: "\(tag)/\(name)")
                    photos.append(
                        LabeledPhoto(
                            name: "\(tag)/\(name)", path: file, size: header.size,
                            annotations: [Annotation(label: label, box: nil)]))
                } catch let error as any PomonaError {
                    skipped.append(SkippedPhoto(file: "\(tag)/\(name)", reason: error.message))
                }
            }
        }
        guard !photos.isEmpty else { throw CommandError.noTagFolders(path) }
        labelled = LabelledSet(set: TrainingSet(labels: tags, photos: photos), skipped: skipped)
    }

    /// What lies in a folder, but nothing hidden.
    private static func names(in folder: URL) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { !$0.hasPrefix(".") }.sorted()
    }
}
