// Polygons to triangles by a sweep into trapezoids.
//
// Works for any rings (holes, several outlines, self-intersections, repeated vertices) by the even-odd
// rule and always ends. All inner borders are horizontal and shared at exactly the same y, so that no
// gaps show between the pieces. O(n · k) for n vertices and k edges cut by a horizontal line.
#pragma once

#include <span>
#include <vector>

namespace xiangtu::render::scene {

struct Point {
  float x = 0;
  float y = 0;
  bool operator==(const Point&) const = default;
};

// Appends triangles (three points each) that cover the inside of the rings. A ring may repeat its first
// vertex at the end or not.
void tessellate(std::span<const std::vector<Point>> rings, std::vector<Point>& triangles);

// A place inside the rings where a name has room: the middle of the longest inner stretch on one of a few
// horizontal lines, those near the middle preferred. The middle of the box when there is none.
Point label_place(std::span<const std::vector<Point>> rings);

}  // namespace xiangtu::render::scene
