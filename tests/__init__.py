import os

# as the program starts, and before numpy is read: the last digits of a product hang on how many threads share it
os.environ["OPENBLAS_NUM_THREADS"] = "1"
