import PomonaModel

/// The numbers of a model file, each checked against the shape that the network asks for.
struct ModelWeights {
    let file: SafetensorsFile

    /// A tensor's elements in row-major order.
    ///
    /// - Throws: ``ModelFileError`` where the file has no tensor of this name and shape,
    ///   ``ONNXExportError/notFinite(path:tensor:)`` where one of its numbers is none.
    func values(_ name: String, shape: [Int]) throws -> [Float] {
        let found = file.shape(of: name)
        guard found == shape else {
            throw ModelFileError.tensorDiffers(path: file.path, name: name, expected: shape, found: found)
        }
        let values = try file.tensor(name).floats
        guard values.allSatisfy(\.isFinite) else { throw ONNXExportError.notFinite(path: file.path, tensor: name) }
        return values
    }

    /// A convolution without normalisation: `weight` and `bias`.
    func convolution(_ path: String, shape: [Int]) throws -> ConvolutionWeights {
        ConvolutionWeights(
            weight: try values("\(path).weight", shape: shape), bias: try values("\(path).bias", shape: [shape[0]]),
            shape: shape)
    }

    /// A convolution with the batch normalisation after it folded in: `conv.weight` and `bn.*`.
    ///
    /// Both are linear when the statistics are fixed, so one convolution computes what the two did (Jacob et al.,
    /// "Quantization and training of neural networks", 2018, section 3.2).
    func foldedConvolution(_ path: String, shape: [Int]) throws -> ConvolutionWeights {
        let channels = shape[0]
        func statistic(_ name: String) throws -> [Float] { try values("\(path).bn.\(name)", shape: [channels]) }
        let (gain, offset) = (try statistic("weight"), try statistic("bias"))
        let (mean, variance) = (try statistic("running_mean"), try statistic("running_var"))
        guard variance.allSatisfy({ $0 >= 0 }) else {
            throw ONNXExportError.notFinite(path: file.path, tensor: "\(path).bn.running_var")
        }
        var weight = try values("\(path).conv.weight", shape: shape)
        var bias = [Float](repeating: 0, count: channels)
        let length = weight.count / channels
        for channel in 0..<channels {
            let scale = Double(gain[channel]) / (Double(variance[channel]) + Self.epsilon).squareRoot()
            bias[channel] = Float(Double(offset[channel]) - Double(mean[channel]) * scale)
            for index in channel * length..<(channel + 1) * length {
                weight[index] = Float(Double(weight[index]) * scale)
            }
        }
        return ConvolutionWeights(weight: weight, bias: bias, shape: shape)
    }

    /// What the networks of the family add to a variance; the value of the published models.
    private static let epsilon = 1e-3
}

/// What a convolution multiplies and adds.
struct ConvolutionWeights {
    var weight: [Float]
    /// One per output channel.
    var bias: [Float]
    /// Of the weight: `[O, I / groups, K, K]`.
    var shape: [Int]
}
