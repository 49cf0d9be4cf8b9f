import Foundation
import PomonaModel
import SwiftProtobuf

/// One initialiser of an ONNX file, checked.
struct StoredTensor: Sendable {
    let name: String
    let shape: [Int]
    private let contents: Contents

    private enum Contents {
        case numbers(HostTensor)
        /// Sound, but nothing that weights are made of; networks keep other constants beside them.
        case unread(ONNXReadingError)
    }

    /// - Parameter index: Where the tensor stands in the file, for messages about one without a name.
    init(_ bytes: Data, index: Int, path: String, limits: ONNXLimits) throws {
        let called = "number \(index + 1)"
        try Self.checkCounts(bytes, tensor: called, path: path, limits: limits)
        let message: ONNXTensor
        do {
            var options = BinaryDecodingOptions()
            options.messageDepthLimit = 4
            options.discardUnknownFields = true
            message = try ONNXTensor(serializedBytes: bytes, options: options)
        } catch {
            throw ONNXReadingError.invalidTensor(path: path, tensor: called, reason: "is damaged")
        }
        guard !message.name.isEmpty else {
            throw ONNXReadingError.invalidTensor(path: path, tensor: called, reason: "has no name")
        }
        guard message.name.utf8.count <= limits.nameBytes else {
            throw ONNXReadingError.beyondLimit(
                path: path, what: "the name of tensor \(called)", found: message.name.utf8.count,
                limit: limits.nameBytes, unit: "bytes")
        }
        name = message.name
        shape = try Self.shape(of: message, path: path, limits: limits)
        contents = try Self.contents(of: message, shape: shape, path: path)
    }

    /// - Throws: ``ONNXReadingError/invalidTensor(path:tensor:reason:)`` for a tensor of a type that is not read.
    func values() throws -> HostTensor {
        switch contents {
        case .numbers(let tensor): tensor
        case .unread(let error): throw error
        }
    }

    /// Counts extents and whole numbers, which may take one byte in the file and take eight once they are decoded.
    private static func checkCounts(_ bytes: Data, tensor: String, path: String, limits: ONNXLimits) throws {
        let (extents, elements) = bytes.withUnsafeBytes { bytes in
            var (extents, elements) = (0, 0)
            WireFields.each(of: bytes, in: bytes.indices) { field in
                let count =
                    if case .bytes(let part) = field.contents, field.number == 1 || field.number == 7 {
                        WireFields.varints(in: bytes, part)
                    } else { 1 }
                if field.number == 1 { extents += count }
                if field.number == 7 { elements += count }
            }
            return (extents, elements)
        }
        for (found, limit, unit) in [
            (extents, limits.dimensions, "dimensions"), (elements, limits.elements, "elements"),
        ] where found > limit {
            throw ONNXReadingError.beyondLimit(
                path: path, what: "the tensor \(tensor)", found: found, limit: limit, unit: unit)
        }
    }

    private static func shape(of message: ONNXTensor, path: String, limits: ONNXLimits) throws -> [Int] {
        var count = 1
        for extent in message.dims {
            let (product, overflow) = count.multipliedReportingOverflow(by: Int(extent))
            guard extent >= 0, !overflow else {
                throw ONNXReadingError.invalidTensor(
                    path: path, tensor: message.name, reason: "claims the impossible shape \(message.dims)")
            }
            guard product <= limits.elements else {
                throw ONNXReadingError.beyondLimit(
                    path: path, what: "the tensor \(message.name)", found: product, limit: limits.elements,
                    unit: "elements")
            }
            count = product
        }
        return message.dims.map(Int.init)
    }

    private static func contents(of message: ONNXTensor, shape: [Int], path: String) throws -> Contents {
        func invalid(_ reason: String) -> ONNXReadingError {
            .invalidTensor(path: path, tensor: message.name, reason: reason)
        }
        guard message.dataLocation == .embedded else {
            throw invalid("stands in another file, which is not read; save the model with its weights inside")
        }
        guard let type = elementType(message.dataType) else {
            return .unread(
                invalid("has elements of type \(message.dataType); FLOAT (1), INT64 (7) and FLOAT16 (10) are read"))
        }
        let count = shape.reduce(1, *)
        if message.hasRawData {
            guard message.rawData.count == count * type.byteCount else {
                throw invalid(
                    "has \(message.rawData.count) bytes where its shape asks for \(count * type.byteCount)")
            }
            return .numbers(HostTensor(elementType: type, shape: shape, bytes: message.rawData))
        }
        // The numbers may also stand one by one.
        switch type {
        case .float32:
            guard message.floatData.count == count else {
                throw invalid("has \(message.floatData.count) numbers where its shape asks for \(count)")
            }
            return .numbers(HostTensor(message.floatData, shape: shape))
        case .int64:
            guard message.int64Data.count == count else {
                throw invalid("has \(message.int64Data.count) numbers where its shape asks for \(count)")
            }
            return .numbers(
                HostTensor(
                    elementType: .int64, shape: shape, bytes: message.int64Data.withUnsafeBytes { Data($0) }))
        case .float16:
            return .unread(invalid("has numbers of half precision that are not raw data, which are not read"))
        }
    }

    private static func elementType(_ code: Int32) -> HostTensor.ElementType? {
        switch ONNXTensor.ElementType(rawValue: Int(code)) {
        case .float: .float32
        case .float16: .float16
        case .int64: .int64
        default: nil
        }
    }
}
