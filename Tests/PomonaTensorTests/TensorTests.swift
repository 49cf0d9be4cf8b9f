import PomonaTensor
import Testing

@Suite("Tensor", .serialized)
struct TensorTests {
    @Test("Values come back in row-major order")
    func roundTrip() throws {
        let tensor = try Tensor.from([1, 2, 3, 4, 5, 6] as [Float], shape: [2, 3])
        #expect(tensor.shape == [2, 3])
        #expect(try tensor.permuted(1, 0).values() == [1, 4, 2, 5, 3, 6] as [Float])
    }

    @Test("A shape that does not fit is an error, not a crash")
    func wrongShape() throws {
        #expect(throws: TensorError.self) { try Tensor.from([1, 2, 3] as [Float], shape: [2, 2]) }
        let a = try Tensor.zeros(shape: [2, 3])
        let b = try Tensor.zeros(shape: [4])
        #expect(throws: TensorError.self) { try a + b }
    }

    @Test("More memory than any machine has is reported as such")
    func outOfMemory() throws {
        #expect {
            try Tensor.zeros(shape: [1 << 20, 1 << 20, 1 << 6])
        } throws: { error in
            if case .outOfMemory = error as? TensorError { true } else { false }
        }
    }

    @Test("Gradients follow the chain rule and stop where recording is off")
    func gradients() throws {
        let parameters = Parameters(seed: 1, device: .cpu)
        let weight = try parameters.root.parameter("w", shape: [3], initial: .constant(2))
        try (weight.squared().sum() * 0.5).backward()
        let optimizer = try AdamW(groups: [.init(parameters: parameters.parameters, weightDecay: 0)])
        #expect(abs(Double(try optimizer.clipGradients(toNorm: 100)) - 12.0.squareRoot()) < 1e-5)
        let quiet = try Gradients.disabled { try weight.squared() }
        #expect(!quiet.requiresGradient)
    }

    @Test("AdamW takes the first step with the learning rate against the sign of the gradient")
    func adamFirstStep() throws {
        let parameters = Parameters(seed: 1, device: .cpu)
        let weight = try parameters.root.parameter("w", shape: [2], initial: .constant(1))
        let optimizer = try AdamW(groups: [.init(parameters: parameters.parameters, weightDecay: 0)])
        try (weight * Tensor.from([3, -5] as [Float], shape: [2])).sum().backward()
        try optimizer.step(learningRate: 0.1)
        let values = try weight.detached().values()
        #expect(abs(values[0] - 0.9) < 1e-5 && abs(values[1] - 1.1) < 1e-5)
    }

    @Test("The moving average is put into the network and taken out again")
    func movingAverage() throws {
        let parameters = Parameters(seed: 1, device: .cpu)
        let weight = try parameters.root.parameter("w", shape: [1], initial: .constant(1))
        let average = try MovingAverage(of: parameters, decay: 0.5, warmUp: 1e-9)
        _ = try parameters.assign("w", from: .from([3] as [Float], shape: [1]))
        try average.update()
        #expect(try average.applied { try weight.detached().values() } == [2] as [Float])
        #expect(try weight.detached().values() == [3] as [Float])
    }
}
