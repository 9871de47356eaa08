package io.mockexo.junit;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Parameter;
import java.util.List;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * A place that {@link MockExchangeOnline} stands on.
 *
 * @param annotation the annotation, found on the place itself or on an annotation there
 * @param name what {@link InjectFault#server} calls it
 * @param place for messages: {@code field exchange of MailerTest}
 */
record Declaration(MockExchangeOnline annotation, String name, String place) {

  static Declaration of(Field field) {
    MockExchangeOnline annotation = annotation(field);
    return new Declaration(
        annotation,
        name(annotation, field.getName()),
        "field %s of %s".formatted(field.getName(), field.getDeclaringClass().getSimpleName()));
  }

  static Declaration of(Parameter parameter) {
    MockExchangeOnline annotation = annotation(parameter);
    Executable method = parameter.getDeclaringExecutable();
    int number = 1 + List.of(method.getParameters()).indexOf(parameter);
    return new Declaration(
        annotation,
        name(annotation, parameter.getName()),
        "parameter %s of %s.%s"
            .formatted(
                parameter.isNamePresent() ? parameter.getName() : Integer.toString(number),
                method.getDeclaringClass().getSimpleName(),
                method.getName().substring(method.getName().lastIndexOf('.') + 1)));
  }

  static boolean isOn(AnnotatedElement element) {
    return AnnotationSupport.isAnnotated(element, MockExchangeOnline.class);
  }

  private static MockExchangeOnline annotation(AnnotatedElement element) {
    return AnnotationSupport.findAnnotation(element, MockExchangeOnline.class).orElseThrow();
  }

  private static String name(MockExchangeOnline annotation, String otherwise) {
    return annotation.name().isEmpty() ? otherwise : annotation.name();
  }

  @Override
  public String toString() {
    return "@MockExchangeOnline on " + place;
  }
}
