public import Foundation

/// Numbers of one shape in main memory: what a weights file holds.
public struct HostTensor: Equatable, Sendable {
    /// The element types that weights files of this project use.
    public enum ElementType: String, Sendable, Codable {
        case float32 = "F32"
        case float16 = "F16"
        case int64 = "I64"

        public var byteCount: Int {
            switch self {
            case .float32: 4
            case .float16: 2
            case .int64: 8
            }
        }
    }

    public var elementType: ElementType
    /// Extent along every dimension, outermost first; empty for a single number.
    public var shape: [Int]
    /// The elements in row-major order, little-endian.
    public var bytes: Data

    /// - Precondition: `bytes` has the length that type and shape ask for.
    public init(elementType: ElementType, shape: [Int], bytes: Data) {
        precondition(bytes.count == shape.reduce(1, *) * elementType.byteCount)
        self.elementType = elementType
        self.shape = shape
        self.bytes = bytes
    }

    public init(_ values: [Float], shape: [Int]) {
        self.init(elementType: .float32, shape: shape, bytes: values.withUnsafeBytes { Data($0) })
    }

    public init(_ values: [Float16], shape: [Int]) {
        self.init(elementType: .float16, shape: shape, bytes: values.withUnsafeBytes { Data($0) })
    }

    /// The elements as single precision, whatever they are stored as.
    public var floats: [Float] {
        switch elementType {
        case .float32: elements(as: Float.self)
        case .float16: elements(as: Float16.self).map(Float.init)
        case .int64: elements(as: Int64.self).map(Float.init)
        }
    }

    /// The same numbers rounded to half precision.
    public var halved: HostTensor {
        elementType == .float32 ? HostTensor(floats.map(Float16.init), shape: shape) : self
    }

    /// The same numbers in single precision.
    public var single: HostTensor { elementType == .float16 ? HostTensor(floats, shape: shape) : self }

    private func elements<Element: BitwiseCopyable>(as type: Element.Type) -> [Element] {
        // A slice of a file may start at any byte, so the elements are copied rather than bound in place.
        [Element](unsafeUninitializedCapacity: bytes.count / MemoryLayout<Element>.size) { buffer, count in
            count = bytes.copyBytes(to: buffer) / MemoryLayout<Element>.size
        }
    }
}
