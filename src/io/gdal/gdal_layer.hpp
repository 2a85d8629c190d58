// A layer of a dataset that GDAL has opened.
#pragma once

#include <memory>
#include <string>

#include "io/gdal/gdal_dataset.hpp"
#include "io/source_layer.hpp"

namespace xiangtu::io {

// path: of the dataset, as messages name it. driver: GDAL's short name. The layer is the dataset's.
std::unique_ptr<SourceLayer> make_gdal_layer(std::shared_ptr<GdalSource> source, std::string path,
                                             std::string driver, OGRLayer& layer);

}  // namespace xiangtu::io
