import Foundation

/// A weights file in the safetensors format: a length, a JSON header, then the tensors' bytes
/// (https://github.com/huggingface/safetensors, README, "Format").
///
/// The file is mapped, not read: opening one costs its header only. Every offset is checked against the file before
/// anything is handed out.
public struct SafetensorsFile: Sendable {
    struct Entry: Sendable {
        var elementType: HostTensor.ElementType
        var shape: [Int]
        var range: Range<Int>
    }

    public let path: String
    /// Free texts that the writer put beside the tensors.
    public let metadata: [String: String]
    /// Names in the order of their bytes.
    public let names: [String]
    private let entries: [String: Entry]
    private let data: Data

    /// No header of a real model comes near this; a larger one is a damaged or hostile file.
    private static let headerLimit = 32 << 20

    /// Opens a file and checks its header.
    ///
    /// - Throws: ``SafetensorsError`` for a file that is missing, of another kind, or cut short.
    public init(path: String) throws {
        guard FileManager.default.fileExists(atPath: path) else { throw SafetensorsError.missing(path: path) }
        let mapped: Data
        do {
            mapped = try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
        } catch {
            throw SafetensorsError.notSafetensors(path: path, reason: "it cannot be opened (\(error))")
        }
        try self.init(data: mapped, path: path)
    }

    init(data: Data, path: String) throws {
        func invalid(_ reason: String) -> SafetensorsError { .notSafetensors(path: path, reason: reason) }
        guard data.count >= 8 else { throw invalid("it has only \(data.count) bytes") }
        let length = data.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard length >= 2, length <= Self.headerLimit else { throw invalid("its header claims \(length) bytes") }
        let start = 8 + Int(length)
        guard data.count >= start else {
            throw SafetensorsError.cutShort(path: path, expected: start, found: data.count)
        }
        guard let header = try? JSONSerialization.jsonObject(with: data[8..<start]) as? [String: Any] else {
            throw invalid("its header is not a JSON object")
        }
        var entries: [String: Entry] = [:]
        for (name, value) in header where name != "__metadata__" {
            guard let fields = value as? [String: Any] else { throw invalid("the entry \(name) is not an object") }
            entries[name] = try Self.entry(name: name, fields: fields, start: start, available: data.count, path: path)
        }
        self.path = path
        self.data = data
        self.entries = entries
        metadata = header["__metadata__"] as? [String: String] ?? [:]
        names = entries.sorted { ($0.value.range.lowerBound, $0.key) < ($1.value.range.lowerBound, $1.key) }.map(\.key)
    }

    private static func entry(
        name: String, fields: [String: Any], start: Int, available: Int, path: String
    ) throws -> Entry {
        func invalid(_ reason: String) -> SafetensorsError {
            .notSafetensors(path: path, reason: "the tensor \(name) \(reason)")
        }
        guard let typeName = fields["dtype"] as? String else { throw invalid("has no element type") }
        guard let type = HostTensor.ElementType(rawValue: typeName) else {
            throw invalid("has elements of type \(typeName); F32, F16 and I64 are read")
        }
        guard let shape = fields["shape"] as? [Int], shape.allSatisfy({ $0 >= 0 }), shape.count <= 8 else {
            throw invalid("has no proper shape")
        }
        guard let offsets = fields["data_offsets"] as? [Int], offsets.count == 2, offsets[0] >= 0,
            offsets[0] <= offsets[1], offsets[1] <= Int.max - start
        else { throw invalid("has no proper offsets") }
        var expected = type.byteCount
        for extent in shape {
            let (product, overflow) = expected.multipliedReportingOverflow(by: extent)
            guard !overflow else { throw invalid("claims an impossible shape") }
            expected = product
        }
        guard offsets[1] - offsets[0] == expected else {
            throw invalid("spans \(offsets[1] - offsets[0]) bytes where its shape asks for \(expected)")
        }
        guard start + offsets[1] <= available else {
            throw SafetensorsError.cutShort(path: path, expected: start + offsets[1], found: available)
        }
        return Entry(elementType: type, shape: shape, range: start + offsets[0]..<start + offsets[1])
    }

    /// The shape of a tensor, `nil` where the file has none of this name.
    public func shape(of name: String) -> [Int]? { entries[name]?.shape }

    /// One tensor's numbers.
    ///
    /// - Throws: ``SafetensorsError`` where the file has no tensor of this name.
    public func tensor(_ name: String) throws -> HostTensor {
        guard let entry = entries[name] else { throw SafetensorsError.noTensor(path: path, name: name) }
        return HostTensor(elementType: entry.elementType, shape: entry.shape, bytes: data[entry.range])
    }
}
