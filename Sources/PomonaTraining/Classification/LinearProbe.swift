import Foundation
import PomonaTensor

/// What a linear classifier learns from: one row of features for each view of a photo.
struct ProbeExamples {
    let featureCount: Int
    /// `[count, featureCount]`, row by row.
    var features: [Float] = []
    var labels: [Int] = []
    /// Which photo a row shows: views of one photo are never divided between learning and judging.
    var photos: [Int] = []

    var count: Int { labels.count }

    func selecting(_ isWanted: (_ row: Int) -> Bool) -> ProbeExamples {
        var part = ProbeExamples(featureCount: featureCount)
        for row in labels.indices where isWanted(row) {
            part.features += features[row * featureCount..<(row + 1) * featureCount]
            part.labels.append(labels[row])
            part.photos.append(photos[row])
        }
        return part
    }
}

/// A linear classifier over features that stay as they are: multinomial logistic regression with a penalty on the squared
/// weights.
struct LinearProbe {
    let classCount: Int
    /// `[classCount, featureCount]`, row by row.
    var weight: [Float]
    var bias: [Float]

    /// - Parameters:
    ///   - penalty: Factor of half the squared weights, which speak of features of unit variance.
    ///   - steps: Steps of Adam over all rows at once; the problem is convex, so they decide how close it comes, not where.
    init(_ examples: ProbeExamples, classCount: Int, penalty: Double, steps: Int = 200) throws {
        self.classCount = classCount
        let (width, count) = (examples.featureCount, examples.count)
        let scale = FeatureScale(examples)
        let parameters = Parameters(seed: 0, device: .cpu)
        let weight = try parameters.root.parameter("weight", shape: [classCount, width], initial: .constant(0))
        let bias = try parameters.root.parameter("bias", shape: [classCount], initial: .constant(0))
        let inputs = try Tensor.from(scale.applied(to: examples.features), shape: [count, width])
        let labels = try Tensor.from(examples.labels.map(Int64.init), shape: [count])
        let optimizer = try AdamW(groups: [.init(parameters: parameters.parameters, weightDecay: 0)])
        for step in 0..<steps {
            let likelihood = try inputs.linear(weight: weight, bias: bias).logSoftmax(over: 1)
            let error = try -likelihood.picking(columns: labels).sum() / Double(count)
            let loss = try error + weight.squared().sum() * (penalty / 2)
            try optimizer.clearGradients()
            try loss.backward()
            // From long strides to short ones, so that the last steps settle.
            try optimizer.step(learningRate: 0.05 * (1 + cos(.pi * Double(step) / Double(steps))) / 2 + 1e-4)
        }
        let learned: [Float] = try weight.values()
        self.weight = learned
        self.bias = try bias.values()
        // The scale becomes part of the layer.
        for row in 0..<classCount {
            for column in 0..<width {
                let value = learned[row * width + column] / scale.deviation[column]
                self.weight[row * width + column] = value
                self.bias[row] -= value * scale.mean[column]
            }
        }
    }

    /// Logits of rows of features, `[rows, classCount]`.
    func logits(_ features: [Float]) -> [Float] {
        let width = weight.count / classCount
        let rows = features.count / max(1, width)
        var result = [Float](repeating: 0, count: rows * classCount)
        for row in 0..<rows {
            for label in 0..<classCount {
                var sum = bias[label]
                for column in 0..<width { sum += features[row * width + column] * weight[label * width + column] }
                result[row * classCount + label] = sum
            }
        }
        return result
    }

    /// The same classifier with all logits divided by a temperature, which makes it less or more sure of the same answers.
    func cooled(by temperature: Double) -> LinearProbe {
        var probe = self
        probe.weight = weight.map { $0 / Float(temperature) }
        probe.bias = bias.map { $0 / Float(temperature) }
        return probe
    }
}

/// Mean and deviation of every feature.
private struct FeatureScale {
    var mean: [Float]
    var deviation: [Float]

    init(_ examples: ProbeExamples) {
        let width = examples.featureCount
        var sums = [Double](repeating: 0, count: width)
        var squares = sums
        for row in 0..<examples.count {
            for column in 0..<width {
                let value = Double(examples.features[row * width + column])
                sums[column] += value
                squares[column] += value * value
            }
        }
        let count = Double(max(1, examples.count))
        mean = sums.map { Float($0 / count) }
        // A feature that never changes says nothing and is left small.
        deviation = zip(sums, squares).map { Float(max(1e-4, ($1 / count - $0 * $0 / count / count)).squareRoot()) }
    }

    func applied(to features: [Float]) -> [Float] {
        let width = mean.count
        return features.indices.map { (features[$0] - mean[$0 % width]) / deviation[$0 % width] }
    }
}
