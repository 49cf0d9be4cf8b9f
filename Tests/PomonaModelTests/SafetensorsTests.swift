import Foundation
import PomonaModel
import Testing

@Suite("Safetensors")
struct SafetensorsTests {
    private func inFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder.path)
    }

    @Test("What is written is read back, texts and half precision included")
    func roundTrip() throws {
        try inFolder { folder in
            let path = folder + "/a.safetensors"
            let tensor = HostTensor([1, -2.5, 3] as [Float], shape: [3])
            try SafetensorsWriter.write([("x", tensor), ("y", tensor.halved)], metadata: ["k": "v"], to: path)
            let file = try SafetensorsFile(path: path)
            #expect(file.metadata == ["k": "v"])
            #expect(file.names == ["x", "y"])
            #expect(try file.tensor("x") == tensor)
            #expect(try file.tensor("y").floats == [1, -2.5, 3])
        }
    }

    @Test("A file cut short anywhere is an error that names it")
    func cutShort() throws {
        try inFolder { folder in
            let path = folder + "/a.safetensors"
            try SafetensorsWriter.write(
                [("x", HostTensor([1, 2, 3, 4] as [Float], shape: [4]))], metadata: [:], to: path)
            let whole = try Data(contentsOf: URL(fileURLWithPath: path))
            for length in 0..<whole.count {
                try whole.prefix(length).write(to: URL(fileURLWithPath: path))
                #expect(throws: SafetensorsError.self) { try SafetensorsFile(path: path) }
            }
        }
    }

    @Test("Offsets beyond the file and shapes that overflow are refused")
    func hostileHeader() throws {
        try inFolder { folder in
            let headers = [
                #"{"x":{"dtype":"F32","shape":[4],"data_offsets":[0,9999]}}"#,
                #"{"x":{"dtype":"F32","shape":[9223372036854775807,8],"data_offsets":[0,16]}}"#,
                #"{"x":{"dtype":"F32","shape":[-4],"data_offsets":[16,0]}}"#,
                #"{"x":{"dtype":"BF16","shape":[8],"data_offsets":[0,16]}}"#, "[]",
            ]
            for header in headers {
                let path = folder + "/a.safetensors"
                var data = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Data($0) }
                data.append(Data(header.utf8))
                data.append(Data(count: 16))
                try data.write(to: URL(fileURLWithPath: path))
                #expect(throws: SafetensorsError.self) { try SafetensorsFile(path: path) }
            }
        }
    }
}
