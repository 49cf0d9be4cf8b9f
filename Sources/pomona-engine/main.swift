import Foundation
import PomonaEngine
import PomonaTraining

let line = readLine() ?? ""
let request = try JSONDecoder().decode(EngineRequest.self, from: Data(line.utf8))
func emit(_ event: EngineEvent) {
    if let data = try? JSONEncoder().encode(event) { FileHandle.standardOutput.write(data + Data([10])) }
}
do {
    if case .train(let training) = request {
        emit(.trained(try DetectorTrainer(training, report: emit, shouldStop: { false }).run()))
    }
} catch { emit(.failed(Failure(error))) }
