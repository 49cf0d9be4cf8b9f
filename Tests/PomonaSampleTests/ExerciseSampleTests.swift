import Foundation
import PomonaCore
import Testing

@testable import PomonaSample

@Suite("ExerciseSample")
struct ExerciseSampleTests {
    /// A folder that is gone after the test.
    private final class TemporaryFolder {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("sample-\(UUID().uuidString)")

        init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }
        deinit { try? FileManager.default.removeItem(at: url) }

        var target: URL { url.appendingPathComponent("exercise") }

        /// Every file below, by its path in the folder.
        func files() throws -> [String: Data] {
            var found: [String: Data] = [:]
            for path in try FileManager.default.subpathsOfDirectory(atPath: url.path) {
                let file = url.appendingPathComponent(path)
                if try file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true {
                    found[path] = try Data(contentsOf: file)
                }
            }
            return found
        }
    }

    private struct Refusal: Error {}

    /// Small photos, stored as their bare pixels.
    private let sample = ExerciseSample(
        photoSize: ImageSize(width: 64, height: 48), jpegEncoder: { $0.pixels },
        labelWriter: { labels, file in try JSONEncoder().encode(labels).write(to: file) })

    @Test("Writes 53, 31 and 4 photos and two label files into four folders")
    func content() throws {
        let folder = try TemporaryFolder()
        var progress: [Int] = []
        try sample.write(to: folder.target, seed: 0) { progress.append($0.finishedPhotos) }
        let names = try folder.files().keys
        func photos(_ name: String) -> Int {
            names.filter { $0.hasPrefix("exercise/\(name)/") && $0.hasSuffix(".jpg") }.count
        }
        #expect(photos("training-images") == 53)
        #expect(photos("evaluation-images") == 31)
        #expect(photos("test-images") == 4)
        #expect(names.count == 90)
        #expect(names.contains("exercise/evaluation-images/eval-labels.json"))
        #expect(names.contains("exercise/answers/training-labels.json"))
        #expect(progress == Array(1...88))
    }

    @Test("Labels name the photos, show every kind of fruit, and lie inside the photos")
    func labels() throws {
        let folder = try TemporaryFolder()
        let sets = try sample.write(to: folder.target, seed: 0)
        let files = try folder.files()
        let read = { (path: String) in
            try JSONDecoder().decode(TrainingSet.self, from: files[path] ?? Data())
        }
        #expect(try read("exercise/answers/training-labels.json") == sets.training)
        #expect(try read("exercise/evaluation-images/eval-labels.json") == sets.evaluation)
        for set in [sets.training, sets.evaluation, sets.test] {
            #expect(set.labels == ["apple", "banana", "orange"])
            #expect(Set(set.photos.flatMap(\.annotations).map(\.label)) == [0, 1, 2])
            for photo in set.photos {
                #expect(FileManager.default.fileExists(atPath: photo.path))
                #expect(URL(fileURLWithPath: photo.path).lastPathComponent == photo.name)
                #expect(!photo.annotations.isEmpty)
                #expect(photo.annotations.allSatisfy { $0.box?.clipped(to: photo.size) == $0.box })
            }
        }
        #expect(sets.test.photos.map { $0.annotations.map(\.label) } == [[0], [1], [2], [0, 1, 2]])
        let tags = Dictionary(grouping: sets.training.photos.flatMap(\.annotations), by: \.label)
        #expect(tags.values.allSatisfy { $0.count >= 15 })
    }

    @Test("The same seed writes the same bytes, another seed other photos, and no two photos are equal")
    func seeds() throws {
        let (one, two, three) = (try TemporaryFolder(), try TemporaryFolder(), try TemporaryFolder())
        for (folder, seed) in [(one, 5), (two, 5), (three, 6)] {
            try sample.write(to: folder.target, seed: UInt64(seed))
        }
        let photos = { (folder: TemporaryFolder) in try folder.files().filter { $0.key.hasSuffix(".jpg") } }
        let first = try photos(one)
        #expect(first == (try photos(two)))
        #expect(Set(first.values).count == 88)
        #expect(Set(first.values).isDisjoint(with: try photos(three).values))
    }

    @Test(
        "A folder that holds something else is refused and stays as it was",
        arguments: ["notes.txt", "training-images/mine.jpg"])
    func foreignFiles(path: String) throws {
        let folder = try TemporaryFolder()
        let file = folder.target.appendingPathComponent(path)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data("precious".utf8).write(to: file)
        #expect(
            throws: ExerciseSampleError.folderInUse(path: folder.target.resolvingSymlinksInPath().path, entry: path)
        ) {
            try sample.write(to: folder.target, seed: 0)
        }
        #expect(try folder.files() == ["exercise/\(path)": Data("precious".utf8)])
    }

    @Test("A file where the folder should be is refused")
    func targetIsFile() throws {
        let folder = try TemporaryFolder()
        try Data("text".utf8).write(to: folder.target)
        #expect(throws: ExerciseSampleError.notAFolder(path: folder.target.resolvingSymlinksInPath().path)) {
            try sample.write(to: folder.target, seed: 0)
        }
    }

    @Test("An earlier sample is replaced, in the same folder")
    func replacesEarlierSample() throws {
        let folder = try TemporaryFolder()
        try sample.write(to: folder.target, seed: 1)
        let identity = {
            try FileManager.default.attributesOfItem(atPath: folder.target.path)[.systemFileNumber] as? Int
        }
        let (before, first) = (try identity(), try folder.files())
        try sample.write(to: folder.target, seed: 2)
        let second = try folder.files()
        #expect(try identity() == before)
        #expect(second.keys.sorted() == first.keys.sorted())
        #expect(second["exercise/training-images/training-01.jpg"] != first["exercise/training-images/training-01.jpg"])
    }

    @Test("What a killed run left in the folder is not in the way, and goes")
    func leftovers() throws {
        let folder = try TemporaryFolder()
        let leftover = folder.target.appendingPathComponent(".unfinished-sample-1/new")
        try FileManager.default.createDirectory(at: leftover, withIntermediateDirectories: true)
        try sample.write(to: folder.target, seed: 1)
        let entries = try FileManager.default.contentsOfDirectory(atPath: folder.target.path)
        #expect(entries.sorted() == ["answers", "evaluation-images", "test-images", "training-images"])
    }

    @Test("What fails leaves nothing behind, new parent folders included")
    func cleansUp() throws {
        let folder = try TemporaryFolder()
        let deep = folder.url.appendingPathComponent("a/b/exercise")
        #expect(throws: Refusal.self) {
            try sample.write(to: deep, seed: 0) { if $0.finishedPhotos == 3 { throw Refusal() } }
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
    }

    @Test("A label writer that fails leaves an earlier sample untouched")
    func keepsEarlierSample() throws {
        let folder = try TemporaryFolder()
        try sample.write(to: folder.target, seed: 1)
        let before = try folder.files()
        let failing = ExerciseSample(
            photoSize: sample.photoSize, jpegEncoder: { $0.pixels }, labelWriter: { _, _ in throw Refusal() })
        #expect(throws: Refusal.self) { try failing.write(to: folder.target, seed: 2) }
        #expect(try folder.files() == before)
    }

    @Test("Errors say what is in the way and what to do")
    func messages() {
        let error = ExerciseSampleError.folderInUse(path: "/photos", entry: "notes.txt")
        #expect(error.message.contains("/photos") && error.message.contains("notes.txt"))
        #expect(error.hint != nil && error.kind.exitStatus == 65)
    }
}
