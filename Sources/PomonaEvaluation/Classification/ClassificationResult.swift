/// One classified photo: its true tag and what the model says.
public struct ClassificationResult: Codable, Equatable, Sendable {
    /// Index of the true tag.
    public var truth: Int

    /// The model's probability of each tag, 0...1, in the order of the labels.
    public var probabilities: [Double]

    public init(truth: Int, probabilities: [Double]) {
        self.truth = truth
        self.probabilities = probabilities
    }

    /// The most probable tag, the first of equal ones.
    var predicted: Int {
        var best = 0
        for index in probabilities.indices where probabilities[index] > probabilities[best] {
            best = index
        }
        return best
    }

    /// How many tags stand before the true one when they are sorted by probability, equal ones by index.
    var truthRank: Int {
        let own = probabilities[truth]
        return probabilities.indices.count { index in
            probabilities[index] > own || (probabilities[index] == own && index < truth)
        }
    }
}
