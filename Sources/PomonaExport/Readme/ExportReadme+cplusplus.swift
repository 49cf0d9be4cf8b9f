import PomonaCore
import PomonaModel

extension ExportReadme {
    /// A program that runs the network over a filled input and prints what it answers.
    var cplusplus: String {
        #"""
        #include <openvino/openvino.hpp>
        #include <algorithm>
        #include <iostream>

        int main() {
            ov::Core core;
            ov::CompiledModel model = core.compile_model("\#(network)", "CPU");
            ov::InferRequest request = model.create_infer_request();

            ov::Tensor images(ov::element::f32, {\#(batchCount), 3, \#(size.height), \#(size.width)});
            float *planes = images.data<float>();
            std::fill_n(planes, images.get_size(), \#(background)f);  // your photo's planes go here
            request.set_tensor("images", images);
            request.infer();

        \#(answer)
        }
        """#
    }

    private var answer: String {
        switch (description.kind, options.suppression) {
        case (.classifier, _):
            #"""
                const float *scores = request.get_tensor("scores").data<float>();
                for (int label = 0; label < \#(description.labels.count); label++)
                    std::cout << "label " << label << ": " << scores[label] << "\n";
            """#
        case (.detector, nil):
            #"""
                const int labels = \#(description.labels.count);
                ov::Tensor all = request.get_tensor("scores");
                const float *boxes = request.get_tensor("boxes").data<float>(), *scores = all.data<float>();
                // Overlapping boxes of one label are one object: keep the best (non-maximum suppression).
                for (size_t i = 0; i < all.get_shape()[1]; i++) {
                    const float *best = std::max_element(scores + i * labels, scores + (i + 1) * labels);
                    if (*best >= 0.3f)
                        std::cout << "label " << best - (scores + i * labels) << ", confidence " << *best << ": "
                                  << boxes[4 * i] << " " << boxes[4 * i + 1] << " " << boxes[4 * i + 2] << " "
                                  << boxes[4 * i + 3] << "\n";
                }
            """#
        case (.detector, .some):
            #"""
                ov::Tensor scores = request.get_tensor("detection_scores");
                const float *boxes = request.get_tensor("detection_boxes").data<float>();
                const int64_t *labels = request.get_tensor("detection_labels").data<int64_t>();
                for (size_t i = 0; i < scores.get_size(); i++)
                    std::cout << "label " << labels[i] << ", confidence " << scores.data<float>()[i] << ": "
                              << boxes[4 * i] << " " << boxes[4 * i + 1] << " " << boxes[4 * i + 2] << " "
                              << boxes[4 * i + 3] << "\n";
            """#
        }
    }
}
