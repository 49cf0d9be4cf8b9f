import Foundation
import PomonaModel

/// A network being written down as ONNX operations, in the order in which they compute.
final class GraphBuilder {
    /// What one operation hands to others.
    struct Value: Hashable {
        let name: String
    }

    /// The element type of the network's weights and features.
    let precision: ONNXPrecision
    private(set) var graph = ONNXGraph()
    private var uses: [String: Int] = [:]

    init(name: String, precision: ONNXPrecision) {
        self.precision = precision
        graph.name = name
    }

    /// Adds an operation with one output.
    ///
    /// - Parameters:
    ///   - kind: ONNX's name of the operator.
    ///   - path: Where it stands in the network; names the operation and its output.
    func add(_ kind: String, _ inputs: [Value], at path: String, _ attributes: [ONNXAttribute] = []) -> Value {
        add(kind, inputs, at: path, outputs: 1, attributes)[0]
    }

    /// Adds an operation with several outputs.
    func add(
        _ kind: String, _ inputs: [Value], at path: String, outputs: Int, _ attributes: [ONNXAttribute] = []
    ) -> [Value] {
        var node = ONNXNode()
        node.opType = kind
        node.name = unused("\(path)/\(kind)")
        node.input = inputs.map(\.name)
        node.output = (0..<outputs).map { outputs == 1 ? node.name : "\(node.name).\($0)" }
        node.attribute = attributes
        graph.node.append(node)
        return node.output.map(Value.init(name:))
    }

    /// Adds weights in the network's precision.
    func weights(_ values: [Float], shape: [Int], at path: String) throws -> Value {
        guard precision == .half else { return constant(values, shape: shape, at: path) }
        let halves = values.map(Float16.init)
        // What was finite may have become infinite.
        guard halves.allSatisfy(\.isFinite) else { throw ONNXExportError.beyondHalfPrecision(tensor: path) }
        return store(HostTensor(halves, shape: shape), as: .float16, at: path)
    }

    /// Adds numbers that stay in single precision.
    func constant(_ values: [Float], shape: [Int], at path: String) -> Value {
        store(HostTensor(values, shape: shape), as: .float, at: path)
    }

    /// Adds a list of whole numbers, such as the extents that a reshaping asks for.
    func constant(_ values: [Int], at path: String) -> Value {
        let bytes = values.map(Int64.init).withUnsafeBytes { Data($0) }
        return store(HostTensor(elementType: .int64, shape: [values.count], bytes: bytes), as: .int64, at: path)
    }

    private func store(_ tensor: HostTensor, as type: ONNXTensor.ElementType, at path: String) -> Value {
        var stored = ONNXTensor()
        stored.name = unused(path)
        stored.dims = tensor.shape.map(Int64.init)
        stored.dataType = Int32(type.rawValue)
        stored.rawData = tensor.bytes
        graph.initializer.append(stored)
        return Value(name: stored.name)
    }

    /// Declares an input of single precision numbers.
    func input(_ name: String, _ shape: [Extent], meaning: String) -> Value {
        graph.input.append(Self.info(name, .float, shape, meaning))
        return Value(name: name)
    }

    /// Makes a value an output of the network under a name of its own.
    func output(
        _ value: Value, as name: String, _ type: ONNXTensor.ElementType, _ shape: [Extent], meaning: String
    ) {
        var node = ONNXNode()
        node.opType = "Identity"
        node.name = "\(name)/Identity"
        node.input = [value.name]
        node.output = [name]
        graph.node.append(node)
        graph.output.append(Self.info(name, type, shape, meaning))
    }

    /// An extent of an input or output.
    enum Extent {
        case fixed(Int)
        /// Known only when the network runs.
        case named(String)
    }

    private static func info(
        _ name: String, _ type: ONNXTensor.ElementType, _ shape: [Extent], _ meaning: String
    ) -> ONNXValueInfo {
        var info = ONNXValueInfo()
        info.name = name
        info.docString = meaning
        info.type.tensorType.elemType = Int32(type.rawValue)
        info.type.tensorType.shape.dim = shape.map { extent in
            var dimension = ONNXShape.Dimension()
            switch extent {
            case .fixed(let count): dimension.dimValue = Int64(count)
            case .named(let name): dimension.dimParam = name
            }
            return dimension
        }
        return info
    }

    private func unused(_ name: String) -> String {
        let count = uses[name, default: 0]
        uses[name] = count + 1
        return count == 0 ? name : "\(name).\(count)"
    }
}
