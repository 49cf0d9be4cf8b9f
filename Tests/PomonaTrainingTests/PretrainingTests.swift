import Foundation
import PomonaModel
import PomonaTensor
import PomonaVision
import Testing

@testable import PomonaTraining

@Suite("Pretraining: photos held out, checkpoints, probe", .serialized)
struct PretrainingTests {
    @Test("By hash the same photos are held out whatever the seed and the other packs; none of them is taught")
    func heldOut() throws {
        let folder = try PackFolder(count: 1200)
        defer { folder.remove() }
        for ending in ["bin", "tsv"] {
            try FileManager.default.copyItem(
                atPath: folder.path("pack-small." + ending), toPath: folder.path("other." + ending))
        }
        var options = folder.classifierOptions(steps: 1)
        let alone = try PretrainingPhotos(options, side: 8)
        options.packs = [folder.path("other.bin"), folder.pack]
        options.seed = 5
        let both = try PretrainingPhotos(options, side: 8)
        let held = alone.heldOut.map(\.photo)
        #expect((3...40).contains(held.count))
        #expect(both.heldOut.filter { $0.pack == 1 }.map(\.photo) == held)
        // Packs differ from each other.
        #expect(both.heldOut.filter { $0.pack == 0 }.map(\.photo) != held)
        #expect(alone.training.count + held.count == 1200)
        #expect(Set(alone.training.map(\.photo)).isDisjoint(with: held))
        #expect(both.classCount == 4 && both.label((pack: 1, photo: 1)) == 3)
    }

    @Test("A run from before there was a choice goes on with the photos it held out; another choice is refused")
    func oldCheckpoint() throws {
        let folder = try PackFolder(count: 200)
        defer { folder.remove() }
        let checkpoint = folder.path("first/classifier.safetensors")
        var options = folder.classifierOptions(steps: 1)
        try folder.classify(options)
        #expect(try stored(checkpoint).heldOut == .hash)
        try PackFolder.rewrite(checkpoint) {
            $0["options"] = $0["options"]?.replacingOccurrences(of: "\"heldOut\":\"hash\",", with: "")
        }
        #expect(try stored(checkpoint).heldOut == nil)
        options.steps = 2
        options.heldOut = .hash
        #expect(throws: TrainingError.checkpointDiffers(path: checkpoint, field: "heldOut")) {
            try folder.classify(options)
        }
        options.heldOut = nil
        try folder.classify(options)
        #expect(try stored(checkpoint).heldOut == .shuffle)
        options.seed = 1
        #expect(throws: TrainingError.checkpointDiffers(path: checkpoint, field: "seed")) {
            try folder.classify(options)
        }
    }

    private func stored(_ path: String) throws -> ClassifierPretraining.Options {
        try PretrainingCheckpoint(path: path).options(as: ClassifierPretraining.Options.self)
    }

    @Test(
        "After a restart point without moments the rate of either stage rises again, and a second stop changes nothing")
    func rises() throws {
        let folder = try PackFolder(count: 40)
        defer { folder.remove() }
        var first = folder.classifierOptions(steps: 1)
        (first.warmUpSteps, first.learningRate) = (100, 1e-2)
        try folder.classify(first)
        var second = folder.detectionOptions(steps: 1)
        (second.warmUpSteps, second.learningRate) = (100, 1e-2)
        try folder.detect(second)
        func classify(_ steps: Int) throws {
            first.steps = steps
            try folder.classify(first)
        }
        func detect(_ steps: Int) throws {
            second.steps = steps
            try folder.detect(second)
        }
        for (path, name, goOn) in [
            (folder.path("first/classifier.safetensors"), "network.classifier.bias", classify),
            (folder.path("second/detector.safetensors"), "network.head.obj_preds.0.bias", detect),
        ] {
            func moved(to steps: Int) throws -> Float {
                let before = try SafetensorsFile(path: path).tensor(name).floats
                try goOn(steps)
                let after = try SafetensorsFile(path: path).tensor(name).floats
                return zip(before, after).map { abs($0 - $1) }.max() ?? 0
            }
            // Long after the first rise, kept small.
            try PackFolder.rewrite(path, keeping: { !$0.hasPrefix("optimizer.") }) { $0["step"] = "500" }
            // The first step of Adam moves everything by the rate itself: a hundredth of 0.01 here.
            let distance = try moved(to: 501)
            #expect(distance > 1e-5 && distance < 5e-4, "\(name) moved by \(distance)")
            #expect(try PretrainingCheckpoint(path: path).riseStart == 500)
            let next = try moved(to: 502)
            #expect(next < 1e-3, "\(name) moved by \(next)")
            #expect(try PretrainingCheckpoint(path: path).riseStart == 500)
        }
    }

    @Test("A checkpoint is written whenever its time has come, not only at the end")
    func savesByTime() throws {
        let folder = try PackFolder(count: 40)
        defer { folder.remove() }
        let first = try ClassifierPretraining(folder.classifierOptions(steps: 5), device: .cpu)
        first.saveInterval = .zero
        var steps: [Int] = []
        func note(_ path: String) {
            if let step = try? PretrainingCheckpoint(path: folder.path(path)).step { steps.append(step) }
        }
        try first.run(log: { _ in }) {
            note("first/classifier.safetensors")
            return false
        }
        #expect(steps == [1, 2, 3])
        steps = []
        let second = try DetectionPretraining(folder.detectionOptions(steps: 4), device: .cpu)
        second.saveInterval = .zero
        try second.run(log: { _ in }) {
            note("second/detector.safetensors")
            return false
        }
        #expect(steps == [1, 2])
    }

    @Test("The log tells throughput, loss, and what the backbone is worth with few photos, in both stages")
    func log() throws {
        let folder = try PackFolder(count: 1200)
        defer { folder.remove() }
        var options = folder.classifierOptions(steps: 4)
        options.warmUpSteps = 1
        let first = try ClassifierPretraining(options, device: .cpu)
        (first.interval, first.judgingInterval) = (2, 4)
        var entries: [ClassifierPretraining.Entry] = []
        try first.run(log: { entries.append($0) }, shouldStop: { false })
        #expect(entries.map(\.step) == [2, 4])
        #expect(entries.allSatisfy { $0.photosPerSecond > 0 && $0.loss.isFinite && $0.seconds > 0 })
        #expect(entries[0].fewShotTop1 == nil && entries[0].heldOutTop1 == nil)
        #expect((0...1).contains(try #require(entries[1].fewShotTop1)))
        #expect((0...1).contains(try #require(entries[1].heldOutTop1)))

        let second = try DetectionPretraining(folder.detectionOptions(steps: 2), device: .cpu)
        (second.interval, second.judgingInterval) = (1, 2)
        var scenes: [DetectionPretraining.Entry] = []
        try second.run(log: { scenes.append($0) }, shouldStop: { false })
        #expect(scenes.map(\.step) == [1, 2])
        #expect((0...1).contains(try #require(scenes[1].fewShotTop1)))
        #expect(scenes[0].fewShotTop1 == nil && !scenes[1].losses.isEmpty)
    }

    @Test("A run that is stopped between two lines of the log says in one more what it came to")
    func lastLine() throws {
        let folder = try PackFolder(count: 1200)
        defer { folder.remove() }
        let stage = try ClassifierPretraining(folder.classifierOptions(steps: 9), device: .cpu)
        (stage.interval, stage.judgingInterval) = (2, 8)
        var entries: [ClassifierPretraining.Entry] = []
        var asked = 0
        try stage.run(log: { entries.append($0) }) {
            asked += 1
            return asked == 4
        }
        #expect(entries.map(\.step) == [2, 3])
        #expect(entries[1].heldOutTop1 != nil && entries[1].photosPerSecond > 0)
        #expect(try PretrainingCheckpoint(path: folder.path("first/classifier.safetensors")).step == 3)
    }

    @Test("The probe tells classes apart that look different, guesses where they do not, and repeats itself")
    func probe() throws {
        func top1(isTelling: Bool) throws -> Double {
            let folder = try PackFolder(count: 1200, isTelling: isTelling)
            defer { folder.remove() }
            var options = folder.classifierOptions(steps: 60)
            options.warmUpSteps = 5
            let stage = try ClassifierPretraining(options, device: .cpu)
            (stage.interval, stage.judgingInterval) = (60, 60)
            var entries: [ClassifierPretraining.Entry] = []
            try stage.run(log: { entries.append($0) }, shouldStop: { false })
            return try #require(entries.last?.fewShotTop1)
        }
        let telling = try top1(isTelling: true)
        #expect(telling > 0.9)
        #expect(try top1(isTelling: true) == telling)
        let silent = try top1(isTelling: false)
        #expect(silent < 0.8)
        // Too few photos for a probe.
        let few = try PackFolder(count: 20)
        defer { few.remove() }
        let photos = try PretrainingPhotos(few.classifierOptions(steps: 1), side: 32)
        #expect(
            try FewShotProbe(
                photos, architecture: PackFolder.architecture, input: .published(side: 32), device: .cpu) == nil)
    }
}
