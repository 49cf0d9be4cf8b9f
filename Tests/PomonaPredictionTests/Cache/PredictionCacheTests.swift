import Foundation
import PomonaModel
import PomonaModelSamples
import Testing

@testable import PomonaPrediction

@Suite("PredictionCache")
struct PredictionCacheTests {
    @Test("A model is exported once, and again when its file says something else")
    func once() throws {
        try withTemporaryFolder { folder in
            let cache = PredictionCache(folder: "\(folder)/cache")
            let model = try SampleModel.write(in: folder)
            let first = try cache.entry(for: SafetensorsFile(path: model))
            let mark = Date(timeIntervalSince1970: 1_000_000)
            try FileManager.default.setAttributes([.modificationDate: mark], ofItemAtPath: first.networkPath)
            let second = try cache.entry(for: SafetensorsFile(path: model))
            #expect(second.networkPath == first.networkPath)
            let date = try FileManager.default.attributesOfItem(atPath: first.networkPath)[.modificationDate] as? Date
            #expect(date == mark)
            _ = try SampleModel.write(in: folder, seed: 2)
            #expect(try cache.entry(for: SafetensorsFile(path: model)).networkPath != first.networkPath)
        }
    }

    @Test("Beyond the limit those go that were not used for longest")
    func limit() throws {
        try withTemporaryFolder { folder in
            let cache = PredictionCache(folder: "\(folder)/cache", limit: 2)
            var folders: [String] = []
            for seed in 1...3 {
                let model = try SampleModel.write(in: folder, seed: UInt64(seed))
                folders.append(try cache.entry(for: SafetensorsFile(path: model)).folder)
                if seed < 3 {
                    // The first was used after the second.
                    let used = Date(timeIntervalSinceNow: seed == 1 ? -10 : -20)
                    try FileManager.default.setAttributes(
                        [.modificationDate: used], ofItemAtPath: folders[seed - 1])
                }
            }
            let left = folders.map { FileManager.default.fileExists(atPath: $0) }
            #expect(left == [true, false, true])
        }
    }

    @Test("What was made of files that are gone is removed, and what was made of others stays")
    func removing() throws {
        try withTemporaryFolder { folder in
            let cache = PredictionCache(folder: "\(folder)/cache")
            let kept = try SampleModel.write(in: folder)
            let digits = Array(try FileHash.sha256(of: kept))
            let hash = Data(stride(from: 0, to: 64, by: 2).compactMap { UInt8(String(digits[$0...$0 + 1]), radix: 16) })
            let first = try cache.entry(for: SafetensorsFile(path: kept)).folder
            let second = try cache.entry(for: SafetensorsFile(path: SampleModel.write(in: folder, seed: 2))).folder
            cache.removeAll(but: [hash])
            #expect([first, second].map { FileManager.default.fileExists(atPath: $0) } == [true, false])
        }
    }

    @Test("A folder that cannot be made is named")
    func unwritable() throws {
        try withTemporaryFolder { folder in
            let model = try SampleModel.write(in: folder)
            try Data().write(to: URL(fileURLWithPath: "\(folder)/file"))
            let error = #expect(throws: PredictionError.self) {
                try PredictionCache(folder: "\(folder)/file/cache").entry(for: SafetensorsFile(path: model))
            }
            #expect(error?.message.contains("\(folder)/file/cache") == true)
        }
    }

    @Test("Compiled networks of other machines, versions and settings lie elsewhere")
    func machines() {
        let machine = Machine(runtimeVersion: "2026.4.1")
        #expect(machine.fingerprint.count == 16)
        #expect(machine.fingerprint == Machine(runtimeVersion: "2026.4.1").fingerprint)
        #expect(machine.fingerprint != Machine(runtimeVersion: "2025.4.1").fingerprint)
        let setting = (key: "INFERENCE_NUM_THREADS", value: "2")
        #expect(machine.fingerprint != Machine(runtimeVersion: "2026.4.1", settings: [setting]).fingerprint)
        let other = Machine(runtimeVersion: "2026.4.1", processor: "model name: another\nflags: none\n")
        #expect(machine.fingerprint != other.fingerprint)
    }
}
